"""How much of a person may be planned, and from which week to which."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portfolio.access.guard import current_actor, get_or_404, requires
from portfolio.access.policy import Action
from portfolio.extensions import db
from portfolio.pool import queries as pool_queries
from portfolio.pool import services as pool_services
from portfolio.pool.forms import PoolSharesForm
from portfolio.pool.forms.rows import take_step
from portfolio.pool.models import Person
from portfolio.pool.problems import Excess, Overbooked
from portfolio.staffing import consequences, queries
from portfolio.staffing.exits import Run, runs
from portfolio.staffing.felt import Felt
from portfolio.staffing.models import Assignment
from portfolio.staffing.routes.blueprint import bp
from portfolio.web import clock
from portfolio.web.conflict import differences
from portfolio.web.problems import Problem


@bp.route("/personen/<int:person_id>/poolanteile", methods=["GET", "POST"])
@requires(Action.CHANGE_PERSONS)
def edit_pool_shares(person_id: int) -> ResponseReturnValue:
    changeable = pool_queries.persons_changeable_by(current_actor(), Action.CHANGE_PERSONS)
    person = get_or_404(pool_queries.with_pool_shares(changeable), person_id)
    if request.method == "GET":
        return _page(PoolSharesForm.of(person), person)
    form = PoolSharesForm()
    if take_step(form.pool_shares, request.form.get("step", "")):
        return _page(form, person)
    if not form.validate():
        return _page(form, person), 422
    if form.is_stale(person.version):
        form.version.data = str(person.version)
        return _page(form, person, differences=differences(PoolSharesForm.of(person), form)), 409
    try:
        pool_services.replace_pool_shares(person, form.values(), accept_conflict=form.accept_conflict.data)
    except Overbooked as refusal:
        return _page(form, person, collision=_collision(person.id, refusal.weeks)), refusal.status
    except Problem as problem:
        form.refuse(problem)
        return _page(form, person), problem.status
    in_conflict = bool(queries.open_excess(person.id, clock.this_week()))
    db.session.commit()
    flash(_("Die Poolanteile von %(name)s sind gespeichert.", name=person.name), "success")
    page = "staffing.edit_pool_shares" if in_conflict else "dashboard.person"
    return redirect(url_for(page, person_id=person_id))


@dataclass(frozen=True, slots=True)
class Collision:
    """Weeks with more booked than a pool share allows, and the work that could give way."""

    excess: Sequence[Excess]
    giving_way: list[tuple[Assignment, list[Felt]]]
    """Each assignment in these weeks, and what it would mean if it alone gave way."""
    saved: bool
    """The share is in force, and the weeks are an open conflict."""

    @property
    def runs(self) -> tuple[Run, ...]:
        return runs(self.excess)


def _collision(person_id: int, excess: Sequence[Excess], saved: bool = False) -> Collision | None:
    if not excess:
        return None
    work = db.session.scalars(queries.work_of(person_id, excess[0].week, excess[-1].week)).all()
    cuts = {each.week: each.booked - each.pool_share for each in excess}
    giving_way = consequences.of_giving_way(work, current_actor(), cuts)
    return Collision(excess, giving_way, saved)


def _page(form: PoolSharesForm, person: Person, collision: Collision | None = None, **context: Any) -> str:
    this_week = clock.this_week()
    collision = collision or _collision(person.id, queries.open_excess(person.id, this_week), saved=True)
    share_now = next((row.share for row in person.pool_shares if row.covers(this_week)), 0)
    return render_template(
        "staffing/pool_shares.html", form=form, person=person, share_now=share_now, collision=collision, **context
    )
