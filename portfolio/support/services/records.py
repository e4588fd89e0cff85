"""Keeping what was decided, with what was known then."""

from dataclasses import dataclass

from portfolio.access.policy import Actor
from portfolio.projects.checks import long_text
from portfolio.support.facts import Facts
from portfolio.support.models import Decision, Outcome, Rule, SupportRequest
from portfolio.support.services.steps import LONGEST_TEXT
from portfolio.web import clock
from portfolio.web.plain import digest, to_plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Why it was decided so: the rule applied, and the reason as the ministry reads it."""

    rule: Rule = Rule.NONE
    reason: str = ""


def record(request: SupportRequest, outcome: Outcome, judgement: Judgement, facts: Facts, actor: Actor) -> Decision:
    """Add the record to the request, whose row is locked: numbers have no gaps and no doubles."""
    plain = to_plain(facts)
    decision = Decision(
        number=len(request.decisions) + 1,
        outcome=outcome,
        rule=judgement.rule,
        reason=long_text(judgement.reason.strip(), "reason", LONGEST_TEXT),
        facts=plain,
        facts_digest=digest(plain),
        decided_at=clock.now(),
        decided_by_id=actor.user_id,
    )
    request.decisions.append(decision)
    return decision
