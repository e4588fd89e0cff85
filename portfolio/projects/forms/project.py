"""The project: five things are needed, the rest can wait."""

from typing import Any, cast

from flask_babel import lazy_gettext as _l
from wtforms import FieldList, FormField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from portfolio.access.forms.text import printable
from portfolio.projects import labels
from portfolio.projects.forms.particulars import PARTICULARS, ParticularsForm, optional_choice
from portfolio.projects.forms.services import ServiceLinkRow, find_services
from portfolio.projects.models import DeliveryModel, Phase, Project
from portfolio.projects.services import ProjectData
from portfolio.projects.services.projects import DECIDED_BY_CIO_OFFICE
from portfolio.web.fields import ChoiceField, GermanDateField, IdSelectField

MOST_SERVICES = 40
NEEDED = frozenset({"title", "organisation_id", "phase", "start", "end"})


class ProjectForm(ParticularsForm):
    title = StringField(
        _l("Titel"),
        [
            DataRequired(_l("Bitte geben Sie dem Projekt einen Titel.")),
            Length(max=300, message=_l("Bitte höchstens 300 Zeichen eingeben.")),
            printable,
        ],
    )
    organisation_id = IdSelectField(_l("Auftraggeber"), [InputRequired(_l("Bitte wählen Sie den Auftraggeber."))])
    phase = ChoiceField(
        _l("Phase"),
        [InputRequired(_l("Bitte wählen Sie die Phase."))],
        coerce=Phase,
        choices=[SelectChoice(phase.value, label) for phase, label in labels.PHASES.items()],
        default=Phase.PREPARATION,
    )
    start = GermanDateField(_l("Beginn"), [InputRequired(_l("Bitte geben Sie den Beginn an."))])
    end = GermanDateField(_l("Geplantes Ende"), [InputRequired(_l("Bitte geben Sie das geplante Ende an."))])
    code = StringField(_l("Kennung"), [Length(max=40, message=_l("Bitte höchstens 40 Zeichen eingeben.")), printable])
    goal = TextAreaField(
        _l("Ziel"),
        [Length(max=10_000, message=_l("Bitte höchstens 10.000 Zeichen eingeben.")), printable],
        description=_l("Was soll am Ende anders sein? Bitte keine Gesundheits- oder Personalaktendaten."),
    )
    priority = ChoiceField(
        _l("Priorität"),
        coerce=int,
        choices=[SelectChoice(str(priority), label) for priority, label in labels.PRIORITIES.items()],
        default=3,
    )
    lead_id = IdSelectField(_l("Projektleitung"))
    coordinator_id = IdSelectField(_l("Koordination"))
    delivery_model = optional_choice(_l("Umsetzungsart"), DeliveryModel, labels.DELIVERY_MODELS)
    service_links = FieldList(FormField(ServiceLinkRow), _l("OZG-Leistung"), min_entries=2, max_entries=MOST_SERVICES)

    @property
    def link_rows(self) -> list[ServiceLinkRow]:
        return [cast(ServiceLinkRow, entry.form) for entry in self.service_links.entries]

    @property
    def has_optional_errors(self) -> bool:
        """Whether something is wrong below the fold, which then must not stay folded."""
        return bool(self.errors.keys() - NEEDED)

    def validate(self, extra_validators: Any = None) -> bool:
        shape = super().validate(extra_validators)
        return find_services(self.link_rows) and bool(shape)

    def leave_decisions_to_the_cio_office(self) -> None:
        for name in DECIDED_BY_CIO_OFFICE:
            del self[name]

    def project_data(self, project: Project | None = None) -> ProjectData:
        """What was typed; what the form does not ask for stays as it is in `project`."""
        kept = {name: getattr(project, name) for name in DECIDED_BY_CIO_OFFICE if name not in self}
        asked = {name: self[name].data or None for name in DECIDED_BY_CIO_OFFICE if name in self}
        return ProjectData(
            title=self.title.data or "",
            goal=self.goal.data or "",
            phase=self.phase.data,
            priority=self.priority.data,
            start=self.start.data,
            end=self.end.data,
            delivery_model=self.delivery_model.data,
            **self.particulars,
            service_links=tuple(row.link_data() for row in self.link_rows if row.service_id is not None),
            **cast(dict[str, Any], kept | asked),
        )


def entered(project: Project) -> dict[str, Any]:
    """A stored project as its form shows it."""
    names = ("version", "title", "goal", "phase", "priority", "start", "end", "delivery_model", *PARTICULARS)
    values = {name: getattr(project, name) for name in (*names, *DECIDED_BY_CIO_OFFICE)}
    links = [
        {
            "service": link.service.service_key or str(link.service_id),
            "maturity_now": link.maturity_now,
            "maturity_target": link.maturity_target,
            "model": link.model,
            "as_of": link.as_of,
        }
        for link in project.service_links
    ]
    return {**values, "service_links": [*links, {}]}  # with room for one more
