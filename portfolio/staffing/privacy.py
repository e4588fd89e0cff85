"""What staffing holds about a user, for "Meine Daten"."""

from flask_babel import lazy_gettext as _l

from portfolio.access.models import User
from portfolio.access.privacy import Section, collector
from portfolio.extensions import db
from portfolio.staffing.labels import form_label, state_label
from portfolio.staffing.queries import assignments_of


@collector
def _assignments(user: User) -> Section:
    fields = {
        "project": _l("Projekt"),
        "share": _l("Anteil in %"),
        "from_week": _l("ab Woche"),
        "to_week": _l("bis Woche"),
        "state": _l("Stand"),
        "form": _l("Form der Mitarbeit"),
        "agreed_on": _l("Einvernehmen am"),
        "agreement_reference": _l("Aktenzeichen des Einvernehmens"),
    }
    found = db.session.scalars(assignments_of(user.person_id)) if user.person_id else ()
    rows = [
        {name: getattr(row, name) for name in fields}
        | {"project": row.project.title, "state": state_label(row.state), "form": form_label(row.form)}
        for row in found
    ]
    return Section(key="assignments", title=_l("Zuordnungen"), fields=fields, rows=rows)
