"""One need: how it is covered, who works on it, and who could take what is open."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from portfolio.access.guard import current_actor, get_or_404, requires
from portfolio.access.policy import Action, Actor, Scope, may, scopes
from portfolio.planning.candidates import Candidate
from portfolio.planning.coverage import Coverage
from portfolio.planning.problem import Need as PlannedNeed
from portfolio.pool.models import Person
from portfolio.staffing import outlook, queries
from portfolio.staffing.forms import BookingForm
from portfolio.staffing.labels import reason_words, shortage_words, staffing_tone, staffing_words
from portfolio.staffing.models import Need
from portfolio.staffing.outlook import Outlook
from portfolio.staffing.routes.blueprint import bp
from portfolio.staffing.routes.needs import may_change
from portfolio.staffing.visibility import capacity_persons_visible_to, needs_visible_to, shares_visible_to
from portfolio.web import clock

MOST_CANDIDATES = 10
MOST_OTHERS = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """A candidate as the page shows one; with a form where the need can be given to them at once."""

    person: Person
    candidate: Candidate
    reasons: list[str]
    form: BookingForm | None


@bp.get("/bedarfe/<int:need_id>")
@requires(Action.READ_NEEDS)
def need(need_id: int) -> ResponseReturnValue:
    actor = current_actor()
    found = get_or_404(queries.need_with_team(needs_visible_to(actor)), need_id)
    coverage = outlook.coverage_of([found])[found.id]
    return render_template(
        "staffing/need.html",
        need=found,
        coverage=coverage,
        weeks=outlook.weeks_of(found) if shares_visible_to(actor, found.project) else (),
        changeable=may_change(found),
        staffing_words=staffing_words,
        staffing_tone=staffing_tone,
        **_candidates(actor, found, coverage),
    )


def _candidates(actor: Actor, found: Need, coverage: Coverage) -> dict[str, object]:
    """Whoever may see everybody's weeks sees the candidates; whoever may assign gets forms."""
    if Scope.ALL not in scopes(actor, Action.READ_CAPACITY) or found.project.is_closed:
        return {"outlook": None}
    visible = capacity_persons_visible_to(actor)
    view = outlook.outlook(found, coverage, visible, clock.this_week())
    shown = [*view.suitable[:MOST_CANDIDATES], *view.others[:MOST_OTHERS]]
    persons = queries.persons_by_id(visible, (candidate.person_id for candidate in shown))
    offered = may(actor, Action.CHANGE_ASSIGNMENTS, found.project)
    return {
        "outlook": view,
        "suitable": _choices(view, view.suitable[:MOST_CANDIDATES], persons, offered),
        "others": _choices(view, view.others[:MOST_OTHERS], persons, False),
        "shortage": shortage_words(view.shortage, view.rest, found.skill.name) if view.shortage and view.rest else [],
        "offered": offered,
    }


def _choices(view: Outlook, candidates: Sequence[Candidate], persons: dict[int, Person], offered: bool) -> list[Choice]:
    rest = view.rest
    if rest is None:
        return []
    return [
        Choice(
            person=persons[candidate.person_id],
            candidate=candidate,
            reasons=reason_words(candidate, rest),
            form=_form(candidate, rest) if offered else None,
        )
        for candidate in candidates
    ]


def _form(candidate: Candidate, rest: PlannedNeed) -> BookingForm:
    """What is on offer, filled in; the fields of several forms on one page have different ids."""
    weeks = candidate.weeks
    form = BookingForm(formdata=None, share=candidate.share, from_week=weeks.first, to_week=weeks.last)
    for field in form:
        field.id = f"{field.id}-{candidate.person_id}"
        field.label.field_id = field.id
        field.flags.required = None  # filled in already
    return form
