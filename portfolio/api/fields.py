"""Values as they go over the wire: read strictly, written plainly, described for the OpenAPI document.

JSON is taken as it is: no number in a string, no 1 for true. What a database would refuse or keep differently (NUL,
half a surrogate pair, numbers beyond 2^31) never gets past here.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from flask_babel import gettext as _
from marshmallow import ValidationError, fields

from portfolio.planning.weeks import Week

LARGEST = 2**31 - 1

T = TypeVar("T")
Shape = dict[str, Any]

_WORDS: Mapping[str, Callable[[], str]] = {
    "required": lambda: _("Diese Angabe fehlt."),
    "null": lambda: _("Diese Angabe darf nicht null sein."),
    "list": lambda: _("Bitte eine Liste angeben."),
    "object": lambda: _("Bitte ein JSON-Objekt angeben."),
    "text": lambda: _("Bitte einen Text angeben."),
    "blank": lambda: _("Dieser Text darf nicht leer sein."),
    "characters": lambda: _("Der Text enthält Zeichen, die nicht gespeichert werden können."),
    "email": lambda: _("Bitte eine E-Mail-Adresse angeben."),
    "ozg_id": lambda: _("Bitte die fünf Ziffern der OZG-Leistung angeben."),
    "flag": lambda: _("Bitte true oder false angeben."),
    "week": lambda: _("Bitte eine Kalenderwoche von 2000 bis 2099 angeben, zum Beispiel 2026-W49."),
}


def refusal(kind: str) -> ValidationError:
    return ValidationError(_WORDS[kind]())


class Value(fields.Field[T], Generic[T]):
    """Base of all values: words its own refusals and knows its JSON Schema."""

    def make_error(self, key: str, **_kwargs: Any) -> ValidationError:
        return refusal(key)

    def shape(self, writing: bool) -> Shape:
        """The JSON Schema of the value, as it is sent (`writing`) or answered."""
        raise NotImplementedError

    def from_query(self, text: str) -> Any:
        """The JSON value that a query parameter stands for; `text` itself where it stands for none."""
        return text


class Whole(Value[int]):
    """A whole number from `low` to `high`."""

    def __init__(self, low: int = 0, high: int = LARGEST, **rest: Any) -> None:
        super().__init__(**rest)
        self.low, self.high = low, high

    def shape(self, writing: bool) -> Shape:
        return {"type": "integer", "minimum": self.low, "maximum": self.high}

    def from_query(self, text: str) -> Any:
        return int(text) if re.fullmatch(r"-?[0-9]{1,12}", text) else text

    def _deserialize(self, value: Any, *_position: Any, **_rest: Any) -> int:
        if isinstance(value, float) and value.is_integer():
            value = int(value)  # 3.0 is a whole number in JSON
        if type(value) is not int or not self.low <= value <= self.high:
            words = _("Bitte eine ganze Zahl von %(low)s bis %(high)s angeben.", low=self.low, high=self.high)
            raise ValidationError(words)
        return value


class Id(Whole):
    """The id of a row."""

    def __init__(self, **rest: Any) -> None:
        super().__init__(low=1, **rest)


class Share(Whole):
    """Whole percent of full time."""

    def __init__(self, low: int = 1, **rest: Any) -> None:
        super().__init__(low=low, high=100, **rest)


class Fraction(Value[float]):
    """A number from 0 to 1; only ever answered."""

    def shape(self, writing: bool) -> Shape:
        return {"type": "number", "minimum": 0, "maximum": 1}


class Flag(Value[bool]):
    def shape(self, writing: bool) -> Shape:
        return {"type": "boolean"}

    def from_query(self, text: str) -> Any:
        return {"true": True, "false": False}.get(text, text)

    def _deserialize(self, value: Any, *_position: Any, **_rest: Any) -> bool:
        if not isinstance(value, bool):
            raise refusal("flag")
        return value


class Text(Value[str]):
    """A text of at most `most` characters, white space around it dropped; empty only where `blank` allows it."""

    def __init__(self, most: int, *, blank: bool = False, **rest: Any) -> None:
        super().__init__(**rest)
        self.most, self.blank = most, blank

    def shape(self, writing: bool) -> Shape:
        shape: Shape = {"type": "string", "maxLength": self.most}
        return shape | ({"minLength": 1, "pattern": r"\S"} if writing and not self.blank else {})

    def _deserialize(self, value: Any, *_position: Any, **_rest: Any) -> str:
        if not isinstance(value, str):
            raise refusal("text")
        if len(value) > self.most:
            raise ValidationError(_("Der Text darf höchstens %(most)s Zeichen lang sein.", most=self.most))
        if not _can_be_stored(value):
            raise refusal("characters")
        text = value.strip()
        if not text and not self.blank:
            raise refusal("blank")
        return text


class Patterned(Text):
    """A text of a certain form; `explain` words the refusal."""

    def __init__(self, most: int, pattern: str, explain: str, **rest: Any) -> None:
        super().__init__(most, **rest)
        self.pattern, self.explain = pattern, explain

    def shape(self, writing: bool) -> Shape:
        return super().shape(writing) | ({"pattern": self.pattern} if writing else {})

    def _deserialize(self, value: Any, *position: Any, **rest: Any) -> str:
        text = super()._deserialize(value, *position, **rest)
        if not re.fullmatch(self.pattern, text):
            raise refusal(self.explain)
        return text


class Email(Patterned):
    def __init__(self, **rest: Any) -> None:
        super().__init__(200, r"^[^@\s\x00]+@[^@\s\x00]+$", "email", **rest)


class Choice(Value[StrEnum]):
    """One of the names of an enumeration."""

    def __init__(self, members: type[StrEnum], **rest: Any) -> None:
        super().__init__(**rest)
        self.members = members

    def shape(self, writing: bool) -> Shape:
        return {"type": "string", "enum": [member.value for member in self.members]}

    def _serialize(self, value: StrEnum | None, *_position: Any, **_rest: Any) -> str | None:
        return None if value is None else value.value

    def _deserialize(self, value: Any, *_position: Any, **_rest: Any) -> StrEnum:
        try:
            return self.members(value if isinstance(value, str) else "")
        except ValueError:
            names = ", ".join(member.value for member in self.members)
            raise ValidationError(_("Bitte einen dieser Werte angeben: %(names)s.", names=names)) from None


class Day(Value[date]):
    """A date of the years that can be planned, 2000 to 2099; of history, where that matters, from 1900 on."""

    def __init__(self, *, historic: bool = False, **rest: Any) -> None:
        super().__init__(**rest)
        self.since = 1900 if historic else 2000
        self.pattern = f"^{'(19|20)' if historic else '20'}[0-9]{{2}}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"

    def shape(self, writing: bool) -> Shape:
        return {"type": "string", "format": "date"} | ({"pattern": self.pattern} if writing else {})

    def _serialize(self, value: date | None, *_position: Any, **_rest: Any) -> str | None:
        return None if value is None else value.isoformat()

    def _deserialize(self, value: Any, *_position: Any, **_rest: Any) -> date:
        try:
            if isinstance(value, str) and re.fullmatch(self.pattern, value, re.ASCII):
                return date.fromisoformat(value)
        except ValueError:  # a 30th of February
            pass
        words = _("Bitte ein Datum von %(since)s bis 2099 angeben, zum Beispiel 2026-11-23.", since=self.since)
        raise ValidationError(words)


class WeekOf(Value[Week]):
    """An ISO week, 2000 to 2099."""

    PATTERN = r"^20[0-9]{2}-W(0[1-9]|[1-4][0-9]|5[0-3])$"

    def shape(self, writing: bool) -> Shape:
        return {"type": "string", "pattern": self.PATTERN}

    def _serialize(self, value: Week | None, *_position: Any, **_rest: Any) -> str | None:
        return None if value is None else str(value)

    def _deserialize(self, value: Any, *_position: Any, **_rest: Any) -> Week:
        if not isinstance(value, str) or not re.fullmatch(self.PATTERN, value, re.ASCII):
            raise refusal("week")
        try:
            return Week.parse(value)
        except ValueError:  # a 53rd week that the year has not
            raise refusal("week") from None


class Moment(Value[datetime]):
    """A time in UTC; only ever answered."""

    def shape(self, writing: bool) -> Shape:
        return {"type": "string", "format": "date-time"}

    def _serialize(self, value: datetime | None, *_position: Any, **_rest: Any) -> str | None:
        return None if value is None else value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Anything(Value[Any]):
    """A JSON value of any shape; only ever answered."""

    def shape(self, writing: bool) -> Shape:
        return {}


def _can_be_stored(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text
