"""The filter of the list of persons; everything stands in the address, and what makes no sense filters nothing."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SearchField
from wtforms.fields.choices import SelectChoice

from portfolio.access.forms.text import NUL
from portfolio.dashboard.persons import queries
from portfolio.dashboard.persons.queries import Filters
from portfolio.dashboard.persons.sight import Field
from portfolio.pool.labels import LEVELS, level_label
from portfolio.web.fields import BaseForm, ChoiceField, IdSelectField, WeekField

LONGEST_SEARCH = 200
POOL, EVERYBODY = "pool", "all"


def plain(text: str | None) -> str:
    """A search text as the database takes it."""
    return (text or "").replace(NUL, "")[:LONGEST_SEARCH]


class FilterForm(BaseForm):
    class Meta:
        csrf = False  # only reads

    q = SearchField(_l("Name"), filters=[plain])
    skill = IdSelectField(_l("Fähigkeit"))
    level = IdSelectField(_l("mindestens Stufe"))
    free_from = WeekField(
        _l("Frei ab KW"),
        render_kw={"placeholder": "KW 49/2026", "autocomplete": "off"},
        description=_l("ab 20 %, vier Wochen lang"),
    )
    home = IdSelectField(_l("Stammdienststelle"))
    show = ChoiceField(_l("Anzeigen"), default="")

    def __init__(self, arguments: Any, address: str, shown: frozenset[Field]) -> None:
        """With filters for the fields in `shown` only."""
        super().__init__(arguments)
        self.q.render_kw = {
            "autocomplete": "off",
            "hx-get": address,
            "hx-include": "closest form",
            "hx-replace-url": "true",
            "hx-swap": "innerHTML",
            "hx-sync": "closest form:replace",
            "hx-target": "#treffer",
            "hx-trigger": "input changed delay:200ms",
        }
        self._offer_work(shown)
        self._offer_master(shown)

    def _offer_work(self, shown: frozenset[Field]) -> None:
        if Field.SKILLS in shown:
            self.skill.offer(queries.skills(), _("alle"))
            self.level.offer([(level, level_label(level)) for level in LEVELS if level], _("beliebig"))
        else:
            del self.skill, self.level
        if Field.WEEKS not in shown:
            del self.free_from

    def _offer_master(self, shown: frozenset[Field]) -> None:
        if Field.MASTER not in shown:
            del self.home, self.show
            return
        self.home.offer(queries.homes(), _("alle"))
        pool = [SelectChoice(POOL, _("aktive im Pool"))] if Field.WEEKS in shown else []
        self.show.choices = [SelectChoice("", _("aktive")), *pool, SelectChoice(EVERYBODY, _("auch inaktive"))]

    def chosen(self) -> Filters:
        """What to narrow the list to."""
        self.validate()
        sensible = {name: field.data for name, field in self._fields.items() if not field.errors}
        show = sensible.get("show")
        return Filters(
            text=sensible["q"],
            skill_id=sensible.get("skill"),
            level=sensible.get("level") or 1,
            free_from=sensible.get("free_from"),
            home_id=sensible.get("home"),
            active="show" in self._fields and show != EVERYBODY,
            in_pool=show == POOL,
        )

    def arguments(self) -> dict[str, Any]:
        """What stands in the address, for links to the same choice."""
        texts = {name: (field.raw_data or [""])[0] for name, field in self._fields.items()}
        return {name: str(text) for name, text in texts.items() if text}
