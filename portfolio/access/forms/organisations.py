"""The form of an organisation."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import DataRequired, Length, Optional

from portfolio.access import queries
from portfolio.access.forms.text import printable, stripped
from portfolio.access.labels import ORGANISATION_KINDS
from portfolio.access.models import Organisation, OrganisationKind
from portfolio.access.services import OrganisationData
from portfolio.web.fields import ChoiceField, GermanDateField, IdSelectField, VersionedForm


class OrganisationForm(VersionedForm):
    code = StringField(
        _l("Kürzel"),
        [DataRequired(_l("Bitte geben Sie ein Kürzel ein.")), Length(max=40), printable],
        filters=[stripped],
        description=_l("Zum Beispiel TFM."),
    )
    name = StringField(
        _l("Name"),
        [DataRequired(_l("Bitte geben Sie einen Namen ein.")), Length(max=200), printable],
        filters=[stripped],
    )
    kind = ChoiceField(_l("Art"), coerce=OrganisationKind)
    valid_from = GermanDateField(_l("Besteht seit"), [Optional()])
    valid_to = GermanDateField(
        _l("Besteht bis"), [Optional()], description=_l("Letzter Tag; leer, solange die Organisation besteht.")
    )
    parent_id = IdSelectField(_l("Übergeordnete Organisation"))
    successor_id = IdSelectField(
        _l("Nachfolge"), description=_l("Wer die Aufgaben übernommen hat. Alte Projekte behalten den alten Namen.")
    )

    def __init__(self, organisation: Organisation | None = None, **options: Any) -> None:
        super().__init__(obj=organisation, **options)
        self.kind.choices = list(ORGANISATION_KINDS.items())
        own_id = organisation.id if organisation else None
        others = [(each, words) for each, words in queries.organisation_names(None) if each != own_id]
        self.parent_id.offer(others, _("Keine"))
        self.successor_id.offer(others, _("Keine"))

    def values(self) -> OrganisationData:
        return OrganisationData(
            code=self.code.data or "",
            name=self.name.data or "",
            kind=self.kind.data,
            valid_from=self.valid_from.data,
            valid_to=self.valid_to.data,
            parent_id=self.parent_id.data,
            successor_id=self.successor_id.data,
        )
