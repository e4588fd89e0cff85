"""Forms of the catalogue: filters of its lists, a service, a bundle."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError
from wtforms.widgets import SearchInput

from portfolio.access.forms.text import NUL, printable
from portfolio.catalogue import queries
from portfolio.catalogue.labels import KINDS
from portfolio.catalogue.models import ServiceKind, TopicArea
from portfolio.catalogue.queries import NO_AREA, ServiceFilter
from portfolio.catalogue.services import BundleData, ServiceData
from portfolio.web.fields import BaseForm, ChoiceField, IdSelectField, VersionedForm
from portfolio.web.formats import format_service_key

LONGEST_SEARCH = 200
SEVERAL_TYPES = 20
WITHOUT_KEY = "none"


def plain(text: str | None) -> str:
    """A search text as the database takes it."""
    return (text or "").replace(NUL, "")[:LONGEST_SEARCH]


class SearchForm(BaseForm):
    """Filters in the address: what makes no sense filters nothing. The list follows while one types."""

    class Meta:
        csrf = False

    q = StringField(_l("Suche"), filters=[plain], widget=SearchInput())
    topic_area = IdSelectField(_l("Themenfeld"))

    def __init__(self, arguments: Any, address: str, areas: list[TopicArea]) -> None:
        super().__init__(arguments)
        without = (NO_AREA, _("ohne Themenfeld"))
        self.topic_area.offer([*((area.id, area.name) for area in areas), without], _("Alle Themenfelder"))
        self.q.render_kw = {
            "autocomplete": "off",
            "hx-get": address,
            "hx-include": "closest form",
            "hx-replace-url": "true",
            "hx-swap": "innerHTML",
            "hx-sync": "this:replace",
            "hx-target": "#treffer",
            "hx-trigger": "input changed delay:200ms",
        }

    @property
    def topic_area_id(self) -> int | None:
        """The chosen topic area, NO_AREA for what belongs to none, None where nothing was chosen."""
        return self.topic_area.data if self.topic_area.validate(self) else None


class BundleSearchForm(SearchForm):
    situation = ChoiceField(_l("Lebens- oder Geschäftslage"), validate_choice=False)

    def __init__(self, arguments: Any, address: str, areas: list[TopicArea], situations: Sequence[str]) -> None:
        super().__init__(arguments, address, areas)
        self.situation.choices = [("", _("Alle Lagen")), *((each, each) for each in situations)]
        self.chosen_situation = self.situation.data if self.situation.data in situations else None


class ServiceSearchForm(SearchForm):
    kind = ChoiceField(_l("Art"))

    def __init__(self, arguments: Any, address: str, areas: list[TopicArea]) -> None:
        super().__init__(arguments, address, areas)
        kinds = [(kind.value, label) for kind, label in KINDS.items()]
        self.kind.choices = [("", _("Alle Arten")), *kinds, (WITHOUT_KEY, _("ohne Schlüssel"))]

    def chosen(self) -> ServiceFilter:
        """What to narrow the list to."""
        return ServiceFilter(
            text=self.q.data or "",
            topic_area_id=self.topic_area_id,
            kind=ServiceKind(self.kind.data) if self.kind.data in set(ServiceKind) else None,
            without_key=self.kind.data == WITHOUT_KEY,
        )


class KeyField(StringField):
    """A service key, shown in its groups."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return format_service_key(self.data) if self.data else ""


class TypingField(StringField):
    """The types of a service, typed with commas between; `data` is a tuple."""

    data: Any

    def _value(self) -> str:
        return ", ".join(self.data or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        pieces = (piece.strip() for piece in "".join(valuelist).split(","))
        self.data = tuple(piece for piece in pieces if piece)

    def pre_validate(self, _form: Any) -> None:
        pieces = self.data or ()
        if len(pieces) > SEVERAL_TYPES or any(len(piece) > SEVERAL_TYPES for piece in pieces):
            raise ValidationError(_("Bitte trennen Sie die Typen mit Kommas, zum Beispiel 2a, 2b."))


class BundleField(StringField):
    """A bundle by its five-digit id; `data` is the id of the row."""

    data: Any

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        bundle = queries.bundle_by_id(self.data) if self.data else None
        return bundle.ozg_id if bundle else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        ozg_id = plain("".join(valuelist)).strip()
        bundle = queries.bundle_by_ozg_id(ozg_id) if ozg_id else None
        self.data = bundle.id if bundle else None
        if ozg_id and bundle is None:
            raise ValueError(_("Eine OZG-Leistung mit der Nummer „%(ozg_id)s“ gibt es nicht.", ozg_id=ozg_id))


def stripped(text: str | None) -> str | None:
    """The text without white space around it, None when nothing is left."""
    return (text or "").strip() or None


class ServiceForm(VersionedForm):
    name = StringField(
        _l("Name"),
        [DataRequired(_l("Bitte geben Sie einen Namen ein.")), Length(max=1000), printable],
        filters=[stripped],
    )
    service_key = KeyField(
        _l("Leistungsschlüssel"),
        [Length(max=60), printable],
        filters=[stripped],
        description=_l("14 Ziffern, zum Beispiel 99 041 004 034 000. Leerzeichen und Punkte dürfen stehen bleiben."),
    )
    typing = TypingField(_l("Typisierung"), description=_l("Mehrere mit Komma getrennt, zum Beispiel 2a, 2b."))
    bundle_id = BundleField(_l("OZG-Leistung"), description=_l("Fünfstellige Nummer, zum Beispiel 10110."))
    legal_basis = TextAreaField(_l("Rechtsgrundlage"), [Length(max=1000), printable], filters=[stripped])

    def values(self) -> ServiceData:
        return ServiceData(
            name=self.name.data or "",
            service_key=self.service_key.data,
            typing=self.typing.data,
            bundle_id=self.bundle_id.data,
            legal_basis=self.legal_basis.data,
        )


class BundleForm(VersionedForm):
    ozg_id = StringField(
        _l("Nummer"),
        [DataRequired(_l("Bitte geben Sie die fünfstellige Nummer ein.")), Length(max=20), printable],
        filters=[stripped],
    )
    name = StringField(
        _l("Name"),
        [DataRequired(_l("Bitte geben Sie einen Namen ein.")), Length(max=1000), printable],
        filters=[stripped],
    )
    situation = StringField(_l("Lebens- oder Geschäftslage"), [Length(max=300), printable], filters=[stripped])
    topic_area_id = IdSelectField(_l("Themenfeld"))

    def offer_areas(self, areas: list[TopicArea]) -> None:
        self.topic_area_id.offer([(area.id, area.name) for area in areas], _("Ohne Themenfeld"))

    def values(self) -> BundleData:
        return BundleData(
            ozg_id=self.ozg_id.data or "",
            name=self.name.data or "",
            situation=self.situation.data,
            topic_area_id=self.topic_area_id.data,
        )
