"""Telling the CIO office that somebody can do less than was planned: in weeks, never with days or reasons."""

from collections.abc import Collection

from flask_babel import gettext as _

from portfolio.access.notices import cio_office, tell
from portfolio.notify.kinds import Facts, Kind
from portfolio.planning.weeks import Week
from portfolio.pool import queries
from portfolio.pool.models import Absence, Person
from portfolio.web import clock
from portfolio.web.formats import format_weeks


def _conflict_words(person: Person, facts: Facts) -> str:
    return _("%(person)s ist über den Poolanteil hinaus gebucht, %(weeks)s.", person=person.name, weeks=_weeks(facts))


def _away_words(person: Person, facts: Facts) -> str:
    return _("%(person)s kann weniger leisten als gebucht, %(weeks)s.", person=person.name, weeks=_weeks(facts))


def _weeks(facts: Facts) -> str:
    return format_weeks(Week.parse(facts["first"]), Week.parse(facts["last"]))


CONFLICT = Kind("pool_conflict", "conflict", Person, _conflict_words)
AWAY = Kind("pool_away", "away", Person, _away_words)


def conflict_left(person: Person, weeks: Collection[Week]) -> None:
    """Tell of weeks that a smaller pool share left booked beyond it."""
    if weeks:
        tell(CONFLICT, person, cio_office(), first=str(min(weeks)), last=str(max(weeks)))


def absence_entered(absence: Absence) -> None:
    """Tell of the weeks in which somebody is away from what they are booked for."""
    span = max(Week.containing(absence.from_date), clock.this_week()), Week.containing(absence.to_date)
    if weeks := queries.booked_weeks(absence.person_id, *span):
        tell(AWAY, absence.person, cio_office(), first=str(weeks[0]), last=str(weeks[-1]))
