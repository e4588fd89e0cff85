"""Decisions on record: the page, the note for the file, the letter to the ministry."""

from flask import render_template

from portfolio.access import guard
from portfolio.access.guard import current_actor, requires
from portfolio.access.policy import Action
from portfolio.support import labels, queries, wording
from portfolio.support.comparison import pairs
from portfolio.support.facts import Facts
from portfolio.support.models import Decision
from portfolio.support.routes.blueprint import bp
from portfolio.web.plain import from_plain


@bp.get("/entscheidungen/<int:decision_id>")
@requires(Action.READ_REQUESTS)
def record(decision_id: int) -> str:
    return _with_facts("support/record.html", decision_id)


@bp.get("/entscheidungen/<int:decision_id>/vermerk")
@requires(Action.READ_REQUESTS)
def note(decision_id: int) -> str:
    return _with_facts("support/note.html", decision_id)


@bp.get("/entscheidungen/<int:decision_id>/schreiben")
@requires(Action.READ_REQUESTS)
def letter(decision_id: int) -> str:
    """To the ministry, with what it is told and no more."""
    decision = _decision(decision_id, Action.READ_REQUESTS)
    told = from_plain(Facts, decision.facts).told()
    return render_template(
        "support/letter.html",
        decision=decision,
        told=told,
        offer=list(pairs(told.needs, told.offered)),
        reference=wording.reference(decision),
        labels=labels,
        wording=wording,
    )


def _decision(decision_id: int, action: Action) -> Decision:
    """The decision, if the user sees its request (else 404) and may do `action` with that (else 403)."""
    decision = guard.get_or_404(queries.decisions_visible_to(current_actor()), decision_id)
    guard.require(action, decision.request)
    return decision


def _with_facts(template: str, decision_id: int) -> str:
    """A page with all that was weighed."""
    decision = _decision(decision_id, Action.READ_DECISIONS)
    return render_template(
        template,
        decision=decision,
        facts=from_plain(Facts, decision.facts),
        reference=wording.reference(decision),
        labels=labels,
        wording=wording,
    )
