"""Whether somebody can be named and planned; what is planned already goes on until somebody takes over."""

from collections.abc import Sequence

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from portfolio.access.guard import current_actor, get_or_404, requires
from portfolio.access.policy import Action, Scope, scopes
from portfolio.extensions import db
from portfolio.pool import queries as pool_queries
from portfolio.pool.models import Person
from portfolio.staffing import consequences, queries, services
from portfolio.staffing.felt import Felt
from portfolio.staffing.models import Assignment
from portfolio.staffing.routes.blueprint import bp
from portfolio.staffing.routes.review import Review, ask, unseen
from portfolio.web import clock
from portfolio.web.conflict import refuse_stale


@bp.get("/personen/<int:person_id>/deaktivieren")
@requires(Action.CREATE_PERSONS)
def ask_to_deactivate(person_id: int) -> str:
    """What would be lacking if nobody took over what is planned."""
    person = _load(person_id)
    return _ask(person, _lacking(_going_on(person)))


@bp.post("/personen/<int:person_id>/deaktivieren")
@requires(Action.CREATE_PERSONS)
def deactivate_person(person_id: int) -> ResponseReturnValue:
    person = _load(person_id)
    refuse_stale(person)
    work = _going_on(person)
    felt = _lacking(work)
    if unseen(felt):
        return _ask(person, felt)
    services.set_active(person, active=False)
    db.session.commit()
    flash(_("%(name)s ist deaktiviert und wird nicht mehr verplant.", name=person.name), "success")
    if work:
        flash(_goes_on(len(work)), "warning")
    return redirect(url_for("dashboard.person", person_id=person_id))


@bp.post("/personen/<int:person_id>/aktivieren")
@requires(Action.CREATE_PERSONS)
def activate_person(person_id: int) -> ResponseReturnValue:
    person = _load(person_id)
    refuse_stale(person)
    services.set_active(person, active=True)
    db.session.commit()
    flash(_("%(name)s ist wieder aktiv.", name=person.name), "success")
    return redirect(url_for("dashboard.person", person_id=person_id))


def _load(person_id: int) -> Person:
    return get_or_404(pool_queries.persons_changeable_by(current_actor(), Action.CREATE_PERSONS), person_id)


def _sees_work() -> bool:
    return Scope.ALL in scopes(current_actor(), Action.READ_ASSIGNMENTS)


def _going_on(person: Person) -> Sequence[Assignment]:
    """What is booked from this week on, for those who may read it."""
    if not _sees_work():
        return ()
    return db.session.scalars(queries.work_of(person.id, clock.this_week())).all()


def _lacking(work: Sequence[Assignment]) -> list[Felt]:
    return consequences.of_leaving(work, current_actor(), clock.this_week())


def _ask(person: Person, felt: list[Felt]) -> str:
    back = url_for("dashboard.person", person_id=person.id)
    page = Review(
        title=_("%(name)s deaktivieren", name=person.name),
        trail=[(_("Personen"), url_for("dashboard.persons")), (person.name, back)],
        about=_("Inaktive Personen können nicht mehr benannt und verplant werden. Bestehende Zuordnungen bleiben."),
        action=url_for("staffing.deactivate_person", person_id=person.id),
        fields={"version": person.version},
        felt=felt,
        heading=_("Was fehlte, wenn niemand übernimmt"),
        nothing=_("Ab dieser Woche ist für diese Person nichts geplant.") if _sees_work() else "",
        label=_("Deaktivieren"),
        tone="danger",
        back=back,
    )
    return ask(page)


def _goes_on(count: int) -> str:
    return ngettext(
        "%(num)s Einsatz läuft weiter, bis Sie ihn übergeben oder beenden.",
        "%(num)s Einsätze laufen weiter, bis Sie sie übergeben oder beenden.",
        count,
    )
