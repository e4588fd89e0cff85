"""The filters of the project list and of a project's weeks: in the address, and what makes no sense filters nothing."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SearchField, StringField
from wtforms.fields.choices import SelectChoice

from portfolio.access.forms.text import NUL
from portfolio.dashboard.projects.queries import Filters
from portfolio.dashboard.projects.team import Staffing
from portfolio.planning.lights import Light
from portfolio.projects.labels import DELIVERY_MODELS, LIGHTS, PHASES
from portfolio.projects.models import DeliveryModel, Phase
from portfolio.staffing.forms.capacity import HORIZONS
from portfolio.web.fields import BaseForm, ChoiceField, IdSelectField, WeekField

LONGEST_SEARCH = 200
RUNNING = "running"


def plain(text: str | None) -> str:
    """A search text as the database takes it."""
    return (text or "").replace(NUL, "")[:LONGEST_SEARCH]


class FilterForm(BaseForm):
    class Meta:
        csrf = False  # only reads

    q = SearchField(_l("Suche"), filters=[plain], render_kw={"placeholder": _l("Kennung oder Titel")})
    phase = ChoiceField(_l("Phase"), default="")
    light = ChoiceField(_l("Ampel"), default="")
    organisation_id = IdSelectField(_l("Auftraggeber"))
    lead = StringField(_l("Projektleitung"), filters=[plain], render_kw={"placeholder": _l("Name")})
    delivery_model = ChoiceField(_l("Umsetzungsart"), default="")
    service = StringField(_l("Leistung"), filters=[plain], render_kw={"placeholder": _l("Name oder Schlüssel")})

    def __init__(self, arguments: Any, address: str, organisations: list[tuple[int, str]]) -> None:
        super().__init__(arguments)
        wider = [SelectChoice("", _("alle")), SelectChoice(RUNNING, _("laufende"))]
        self.phase.choices = [*wider, *(SelectChoice(phase.value, label) for phase, label in PHASES.items())]
        self.light.choices = _all_or(LIGHTS)
        self.delivery_model.choices = _all_or(DELIVERY_MODELS)
        self.organisation_id.offer(organisations, _("alle"))
        if len(organisations) < 2:
            del self.organisation_id
        for field in (self.q, self.lead, self.service):
            field.render_kw = {**field.render_kw, **_while_typing(address)}

    def chosen(self) -> Filters:
        """What to narrow the list to."""
        phase, light, model = (self._choice(name) for name in ("phase", "light", "delivery_model"))
        return Filters(
            text=self.q.data,
            lead=self.lead.data,
            running=phase == RUNNING,
            phase=Phase(phase) if phase and phase != RUNNING else None,
            light=Light(light) if light else None,
            organisation_id=self._choice("organisation_id"),
            delivery_model=DeliveryModel(model) if model else None,
            service=self.service.data,
        )

    def _choice(self, name: str) -> Any:
        """What was chosen of what is offered; the rest is forgotten without a word."""
        field = self._fields.get(name)
        if field is None or not field.validate(self):
            return None
        return field.data or None


def _all_or(words: Mapping[Any, Any]) -> list[SelectChoice]:
    return [SelectChoice("", _("alle")), *(SelectChoice(value.value, label) for value, label in words.items())]


def _while_typing(address: str) -> dict[str, str]:
    return {
        "autocomplete": "off",
        "hx-get": address,
        "hx-include": "closest form",
        "hx-replace-url": "true",
        "hx-swap": "innerHTML",
        "hx-sync": "closest form:replace",
        "hx-target": "#treffer",
        "hx-trigger": "input changed delay:200ms",
    }


class WeeksForm(BaseForm):
    """Without any of them all weeks of the project are shown."""

    class Meta:
        csrf = False

    from_week = WeekField(_l("Ab Woche"))
    weeks = IdSelectField(_l("Zeitraum"))
    skill = IdSelectField(_l("Fähigkeit"))

    def __init__(self, arguments: Any, staffing: Staffing) -> None:
        super().__init__(arguments)
        self.weeks.offer([(count, _("%(weeks)s Wochen", weeks=count)) for count in HORIZONS], _("Ganzes Projekt"))
        skills = {row.need.skill_id: row.need.skill.name for row in staffing.needs}
        self.skill.offer(sorted(skills.items(), key=lambda item: item[1]), _("Alle Fähigkeiten"))
        self.skill_id = self.skill.data if self.skill.data in skills else None
        self.count = self.weeks.data if self.weeks.data in HORIZONS else None

    def arguments(self) -> dict[str, Any]:
        """The same filters for an address."""
        return {"from_week": self.from_week.data, "weeks": self.count, "skill": self.skill_id}
