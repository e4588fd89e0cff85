"""Words for settings: the states, days off, and the refusals."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portfolio.audit.wording import name_values
from portfolio.settings import problems
from portfolio.web.formats import format_day_off
from portfolio.web.models import FederalState
from portfolio.web.problems import describe

STATES: Mapping[FederalState, LazyString] = {
    FederalState.BW: _l("Baden-Württemberg"),
    FederalState.BY: _l("Bayern"),
    FederalState.BE: _l("Berlin"),
    FederalState.BB: _l("Brandenburg"),
    FederalState.HB: _l("Bremen"),
    FederalState.HH: _l("Hamburg"),
    FederalState.HE: _l("Hessen"),
    FederalState.MV: _l("Mecklenburg-Vorpommern"),
    FederalState.NI: _l("Niedersachsen"),
    FederalState.NW: _l("Nordrhein-Westfalen"),
    FederalState.RP: _l("Rheinland-Pfalz"),
    FederalState.SL: _l("Saarland"),
    FederalState.SN: _l("Sachsen"),
    FederalState.ST: _l("Sachsen-Anhalt"),
    FederalState.SH: _l("Schleswig-Holstein"),
    FederalState.TH: _l("Thüringen"),
}

name_values(FederalState, STATES)


@describe.register
def _red_before_yellow(problem: problems.RedBeforeYellow) -> str:
    if problem.field == "late_red":
        return _("Rot muss bei mehr Wochen Verzug beginnen als Gelb.")
    return _("Rot muss bei einer kleineren Deckung beginnen als Gelb.")


@describe.register
def _day_named_twice(problem: problems.DayNamedTwice) -> str:
    return _("Der Tag %(day)s steht zweimal in der Liste.", day=format_day_off(problem.day))
