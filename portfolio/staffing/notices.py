"""Whom a booking concerns, and what they are told: the person, the project lead, the home authority, the CIO office."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portfolio.access.notices import Readers, cio_office, ministry, person, tell
from portfolio.access.policy import Role
from portfolio.notify.kinds import Facts, Kind
from portfolio.planning.weeks import Week
from portfolio.pool.models import Person
from portfolio.projects.models import Project
from portfolio.staffing.models import Assignment, AssignmentState
from portfolio.web.formats import format_weeks

_PROPOSED, _REQUESTED, _AGREED, _CONFIRMED, _ENDED, _DECLINED = AssignmentState


def _words(sentence: LazyString) -> Callable[[Assignment, Facts], str]:
    def words(assignment: Assignment, _facts: Facts) -> str:
        return str(sentence) % {
            "person": assignment.person.name,
            "project": assignment.project.title,
            "weeks": format_weeks(assignment.from_week, assignment.to_week),
        }

    return words


def _kind(name: str, sentence: LazyString) -> Kind[Assignment]:
    return Kind(f"assignment_{name}", "assignment", Assignment, _words(sentence))


STATES = {
    _PROPOSED: _kind(_PROPOSED, _l("%(person)s ist für „%(project)s“ vorgesehen, %(weeks)s.")),
    _REQUESTED: _kind(
        _REQUESTED, _l("Für den Einsatz von %(person)s bei „%(project)s“, %(weeks)s, ist das Einvernehmen angefragt.")
    ),
    _AGREED: _kind(_AGREED, _l("Das Einvernehmen zum Einsatz von %(person)s bei „%(project)s“, %(weeks)s, liegt vor.")),
    _CONFIRMED: _kind(_CONFIRMED, _l("Der Einsatz von %(person)s bei „%(project)s“ ist bestätigt, %(weeks)s.")),
    _ENDED: _kind(_ENDED, _l("Der Einsatz von %(person)s bei „%(project)s“ ist beendet, %(weeks)s.")),
    _DECLINED: _kind(_DECLINED, _l("Der Einsatz von %(person)s bei „%(project)s“, %(weeks)s, kommt nicht zustande.")),
}
CHANGED = _kind("changed", _l("Der Einsatz von %(person)s bei „%(project)s“ wurde geändert, jetzt %(weeks)s."))


def _withdrawn(_person: Person, facts: Facts) -> str:
    return _(
        "Ihr Einsatz bei „%(project)s“, %(weeks)s, wurde zurückgenommen.", project=facts["project"], weeks=_weeks(facts)
    )


def _gap(project: Project, facts: Facts) -> str:
    return _("Im Team von „%(project)s“ fällt ein Einsatz weg, %(weeks)s.", project=project.title, weeks=_weeks(facts))


def _weeks(facts: Facts) -> str:
    return format_weeks(Week.parse(facts["first"]), Week.parse(facts["last"]))


def _presence(sentence: LazyString) -> Callable[[Assignment, Facts], str]:
    def words(assignment: Assignment, facts: Facts) -> str:
        return str(sentence) % {
            "person": assignment.person.name,
            "project": assignment.project.title,
            "weeks": _weeks(facts),
        }

    return words


def _left(person: Person, facts: Facts) -> str:
    return _("%(person)s ist deaktiviert, aber noch eingeplant, %(weeks)s.", person=person.name, weeks=_weeks(facts))


LEFT = Kind("person_left", "left", Person, _left)
SHORT = Kind(
    "assignment_short",
    "presence",
    Assignment,
    _presence(_l("%(person)s kann bei „%(project)s“ weniger leisten als zugeordnet, %(weeks)s.")),
)
BACK = Kind(
    "assignment_back",
    "presence",
    Assignment,
    _presence(_l("%(person)s ist bei „%(project)s“ wieder da wie zugeordnet, %(weeks)s.")),
)
WITHDRAWN = Kind("assignment_withdrawn", "withdrawn", Person, _withdrawn)
GAP = Kind("assignment_gap", "gap", Project, _gap)


@dataclass(frozen=True, slots=True)
class Booked:
    """What people were told of an assignment so far."""

    person: Person
    project: Project
    state: AssignmentState
    share: int
    from_week: Week
    to_week: Week


def booked(assignment: Assignment) -> Booked:
    return Booked(
        assignment.person,
        assignment.project,
        assignment.state,
        assignment.share,
        assignment.from_week,
        assignment.to_week,
    )


def entered(assignment: Assignment) -> None:
    """Tell of a new assignment, or of the state it has come to."""
    readers = [*_parties(assignment.person_id, assignment.project)]
    home = assignment.person.home_organisation_id
    if assignment.state is AssignmentState.REQUESTED and home is not None:
        readers.append(ministry(home))
    if assignment.state is AssignmentState.AGREED:
        readers.append(cio_office())
    tell(STATES[assignment.state], assignment, *readers)


def changed(assignment: Assignment, before: Booked) -> None:
    """Tell of what differs from `before`: somebody else, another state, or other weeks and shares."""
    now = booked(assignment)
    if (now.person, now.project) != (before.person, before.project):
        withdrawn(before)
        entered(assignment)
    elif now.state is not before.state:
        entered(assignment)
    elif now != before:
        tell(CHANGED, assignment, *_parties(assignment.person_id, assignment.project))


def withdrawn(before: Booked) -> None:
    """Tell that an assignment is gone, of which nothing is left to look at."""
    if before.state is AssignmentState.DECLINED:
        return
    weeks = {"first": str(before.from_week), "last": str(before.to_week)}
    member, lead = _parties(before.person.id, before.project)
    tell(WITHDRAWN, before.person, member, project=before.project.title, **weeks)
    tell(GAP, before.project, lead, **weeks)


def left(person: Person, first: Week, last: Week) -> None:
    """Tell of weeks that are planned with somebody who was deactivated."""
    tell(LEFT, person, cio_office(), first=str(first), last=str(last))


def short(assignment: Assignment, weeks: Sequence[Week]) -> None:
    """Tell of weeks in which an absence takes from the assignment: never the days, nor why."""
    _tell_presence(SHORT, assignment, weeks)


def back(assignment: Assignment, weeks: Sequence[Week]) -> None:
    """Tell that an absence takes nothing any more."""
    _tell_presence(BACK, assignment, weeks)


def _tell_presence(kind: Kind[Assignment], assignment: Assignment, weeks: Sequence[Week]) -> None:
    parties = _parties(assignment.person_id, assignment.project)
    tell(kind, assignment, *parties, first=str(weeks[0]), last=str(weeks[-1]))


def _parties(person_id: int, project: Project) -> tuple[Readers, Readers]:
    return person(person_id, Role.POOL_MEMBER), person(project.lead_id, Role.PROJECT_LEAD)
