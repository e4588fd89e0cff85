"""The forms of a page, filled in as somebody would who knows nothing: what they offer, and what they demand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from html.parser import HTMLParser

from tests.factories import FIRST_WEEK, PASSWORD

Fields = dict[str, list[str]]
DAY = (FIRST_WEEK.monday + timedelta(days=30)).isoformat()
TYPED = {
    "share": "20",
    "level": "2",
    "from_week": str(FIRST_WEEK + 2),
    "to_week": str(FIRST_WEEK + 9),
    "from_date": DAY,
    "to_date": DAY,
    "planned_date": DAY,
    "start": DAY,
    "end": DAY,
    "login": "neu",
    "old_password": PASSWORD,
    "password": "ein anderes Testkennwort",
    "again": "ein anderes Testkennwort",
    "ozg_id": "10999",
}


@dataclass
class Form:
    action: str
    fields: Fields = field(default_factory=dict)
    buttons: list[tuple[bool, str, str]] = field(default_factory=list)  # whether it is the main one, name, value
    required: set[str] = field(default_factory=set)

    def add(self, name: str, value: str) -> None:
        self.fields.setdefault(name, []).append(value)

    def filled(self, ids: Mapping[str, str]) -> Fields:
        """As sent by its main button; what it demands and was left empty is typed, or names one of `ids`."""
        found = {
            name: [value or (_typed(name, ids) if name in self.required else "") for value in values]
            for name, values in self.fields.items()
        }
        pressed = sorted(self.buttons, key=lambda button: not button[0])[:1]
        return found | {name: [value] for _main, name, value in pressed if name}


def _typed(name: str, ids: Mapping[str, str]) -> str:
    last = name.rpartition("-")[2]
    return ids.get(last, TYPED.get(last, "Text"))


def forms_of(text: str) -> Iterable[Form]:
    reader = _Reader()
    reader.feed(text)
    return reader.forms


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._select: list[tuple[str, bool]] = []
        self._name = ""
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and given.get("method") == "post":
            self._form = Form(given.get("action", ""))
            self.forms.append(self._form)
        elif tag == "option":
            self._select.append((given.get("value", ""), "selected" in given))
        elif self._form is not None:
            self._field(self._form, tag, given)

    def _field(self, form: Form, tag: str, given: Mapping[str, str]) -> None:
        name, kind = given.get("name", ""), given.get("type", "")
        if "required" in given:
            form.required.add(name)
        if tag == "button":
            form.buttons.append(("--primary" in given.get("class", ""), name, given.get("value", "")))
            if "formaction" in given:
                self.forms.append(Form(given["formaction"], form.fields, required=form.required))
        elif tag in ("select", "textarea"):
            self._name, self._select, self._text = name, [], []
        elif (
            tag == "input"
            and name not in ("", "csrf_token")
            and (kind not in ("checkbox", "radio") or "checked" in given)
        ):
            form.add(name, given.get("value", ""))

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if self._form is None:
            return
        if tag == "select":
            chosen = [value for value, selected in self._select if selected] + [
                value for value, _ in self._select if value
            ]
            self._form.add(self._name, chosen[0] if chosen else "")
        elif tag == "textarea":
            self._form.add(self._name, "".join(self._text).strip())
            self._form.required |= {self._name} & {"text"}  # a comment may be left out, but then it is none
        elif tag == "form":
            self._form = None
