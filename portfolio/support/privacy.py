"""What support holds about a user, for "Meine Daten"."""

from flask_babel import lazy_gettext as _l

from portfolio.access.models import User
from portfolio.access.privacy import Section, collector
from portfolio.extensions import db
from portfolio.support import wording
from portfolio.support.queries import decisions_taken_by


@collector
def _decisions(user: User) -> Section:
    fields = {
        "request": _l("Anfrage"),
        "outcome": _l("Ergebnis"),
        "rule": _l("Angewandte Regel"),
        "reason": _l("Begründung"),
        "decided_at": _l("Entschieden am"),
    }
    rows = [
        {
            "request": decision.request.title,
            "outcome": str(wording.OUTCOMES[decision.outcome]),
            "rule": str(wording.RULES[decision.rule]),
            "reason": decision.reason,
            "decided_at": decision.decided_at,
        }
        for decision in db.session.scalars(decisions_taken_by(user.id))
    ]
    return Section(key="decisions", title=_l("Entscheidungen über Anfragen"), fields=fields, rows=rows)
