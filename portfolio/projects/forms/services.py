"""The services of a project: a row each, in which a key, a choice of the search field, or a name stands."""

from collections.abc import Sequence
from typing import cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from portfolio.access.forms.text import printable
from portfolio.catalogue import keys
from portfolio.catalogue.models import Service
from portfolio.projects import labels, queries
from portfolio.projects.models import MaturityModel
from portfolio.projects.services import ServiceLinkData
from portfolio.web.fields import BaseForm, ChoiceField, GermanDateField, IdSelectField

LEVELS = [SelectChoice("", "–"), *(SelectChoice(str(level), str(level)) for level in range(8))]
LONGEST_ID = 10


class ServiceLinkRow(BaseForm):
    """A service with its maturity. A row without a service is none."""

    class Meta:
        csrf = False  # the form around it carries the token

    service = StringField(
        _l("Leistung"),
        [Length(max=1000, message=_l("Bitte höchstens 1.000 Zeichen eingeben.")), printable],
        description=_l("Name oder Leistungsschlüssel"),
    )
    maturity_now = IdSelectField(_l("Reifegrad heute"), choices=LEVELS)
    maturity_target = IdSelectField(_l("Reifegrad Ziel"), choices=LEVELS)
    model = ChoiceField(
        _l("Reifegradmodell"),
        coerce=MaturityModel,
        choices=[SelectChoice(model.value, label) for model, label in labels.MATURITY_MODELS.items()],
        default=MaturityModel.V1_1,
    )
    as_of = GermanDateField(_l("Stand vom"), [Optional()], description=_l("Leer lassen: heute"))

    service_id: int | None = None
    """The service that was found for what was typed, and its name."""
    service_name = ""

    def link_data(self) -> ServiceLinkData:
        return ServiceLinkData(
            service_id=cast(int, self.service_id),
            maturity_now=self.maturity_now.data,
            maturity_target=self.maturity_target.data,
            model=self.model.data,
            as_of=self.as_of.data,
        )


def find_services(rows: Sequence[ServiceLinkRow]) -> bool:
    """Find the service each row names; whether all were found. Rows in which nothing stands are none."""
    named = [row for row in rows if (row.service.data or "").strip()]
    known = _known([keys.clean(row.service.data) for row in named])
    for row in named:
        service = known.get(keys.clean(row.service.data)) or queries.only_service_found_by(row.service.data)
        if service is None:
            words = _("Dazu gibt es keine oder mehrere Leistungen. Bitte geben Sie den Leistungsschlüssel ein.")
            row.service.errors = [*row.service.errors, words]
        else:
            row.service_id, row.service_name = service.id, service.name
    return all(row.service_id is not None for row in named)


def _known(texts: Sequence[str]) -> dict[str, Service]:
    """Services by the key or id that was entered; ids come from the search field."""
    ids = [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) <= LONGEST_ID]
    found = queries.services_known_by(ids, [text for text in texts if keys.is_key(text)])
    by_text = {str(service.id): service for service in found}
    return by_text | {service.service_key: service for service in found if service.service_key}
