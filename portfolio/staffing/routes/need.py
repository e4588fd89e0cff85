"""One need: how it is covered, who works on it, and who could take what is open."""

from flask import render_template
from flask.typing import ResponseReturnValue

from portfolio.access.guard import current_actor, get_or_404, requires
from portfolio.access.policy import Action, Actor, Scope, may, scopes
from portfolio.planning.candidates import Candidate
from portfolio.planning.coverage import Coverage
from portfolio.planning.problem import Need as PlannedNeed
from portfolio.staffing import deliveries, outlook, queries
from portfolio.staffing.forms import BookingForm
from portfolio.staffing.labels import short_words, staffing_tone, staffing_words
from portfolio.staffing.models import Need
from portfolio.staffing.routes.blueprint import bp
from portfolio.staffing.routes.choices import choices_of
from portfolio.staffing.routes.needs import may_change
from portfolio.staffing.visibility import capacity_persons_visible_to, needs_visible_to, shares_visible_to
from portfolio.web import clock


@bp.get("/bedarfe/<int:need_id>")
@requires(Action.READ_NEEDS)
def need(need_id: int) -> ResponseReturnValue:
    actor = current_actor()
    found = get_or_404(queries.need_with_team(needs_visible_to(actor)), need_id)
    standing = deliveries.of_need(found)
    with_shares = shares_visible_to(actor, found.project)
    return render_template(
        "staffing/need.html",
        need=found,
        coverage=standing.coverage,
        weeks=outlook.weeks_of(found) if with_shares else (),
        delivery=standing.delivery if with_shares else None,
        short_words=short_words,
        changeable=may_change(found),
        staffing_words=staffing_words,
        staffing_tone=staffing_tone,
        **_candidates(actor, found, standing.coverage),
    )


def _candidates(actor: Actor, found: Need, coverage: Coverage) -> dict[str, object]:
    """Whoever may see everybody's weeks sees the candidates; whoever may assign gets forms."""
    if Scope.ALL not in scopes(actor, Action.READ_CAPACITY) or found.project.is_closed:
        return {"sees_candidates": False}
    view = outlook.outlook(found, coverage, capacity_persons_visible_to(actor), clock.this_week())
    offered = may(actor, Action.CHANGE_ASSIGNMENTS, found.project)
    choices = choices_of(view, actor, found.skill.name, _form if offered else None)
    return {"sees_candidates": True, "choices": choices, "offered": offered}


def _form(candidate: Candidate, rest: PlannedNeed) -> BookingForm:
    """What is on offer, filled in; the fields of several forms on one page have different ids."""
    weeks = candidate.weeks
    form = BookingForm(formdata=None, share=candidate.share, from_week=weeks.first, to_week=weeks.last)
    for field in form:
        field.id = f"{field.id}-{candidate.person_id}"
        field.label.field_id = field.id
        field.flags.required = None  # filled in already
    return form
