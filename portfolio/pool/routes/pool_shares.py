"""How much of a person may be planned, and from which week to which."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portfolio.access.guard import current_actor, get_or_404, requires
from portfolio.access.policy import Action
from portfolio.extensions import db
from portfolio.planning.weeks import Week
from portfolio.pool import queries, services
from portfolio.pool.forms import PoolSharesForm
from portfolio.pool.forms.rows import take_step
from portfolio.pool.models import Person
from portfolio.pool.problems import Excess, Overbooked
from portfolio.pool.routes.blueprint import bp
from portfolio.web import clock
from portfolio.web.conflict import differences
from portfolio.web.problems import Problem


@bp.route("/personen/<int:person_id>/poolanteile", methods=["GET", "POST"])
@requires(Action.CHANGE_PERSONS)
def edit_pool_shares(person_id: int) -> ResponseReturnValue:
    changeable = queries.persons_changeable_by(current_actor(), Action.CHANGE_PERSONS)
    person = get_or_404(queries.with_pool_shares(changeable), person_id)
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
        services.replace_pool_shares(person, form.values(), accept_conflict=form.accept_conflict.data)
    except Overbooked as refusal:
        return _page(form, person, excess=spans(refusal.weeks)), refusal.status
    except Problem as problem:
        form.refuse(problem)
        return _page(form, person), problem.status
    db.session.commit()
    flash(_("Die Poolanteile von %(name)s sind gespeichert.", name=person.name), "success")
    return redirect(url_for("dashboard.person", person_id=person_id))


@dataclass(frozen=True, slots=True)
class Span:
    """Weeks in a row in which the same is too much."""

    first: Week
    last: Week
    pool_share: int
    booked: int


def spans(weeks: Sequence[Excess]) -> list[Span]:
    """The weeks, which are in order, put together where they follow each other and say the same."""
    numbered = enumerate(weeks)
    runs = groupby(numbered, key=lambda pair: (pair[1].week - pair[0], pair[1].pool_share, pair[1].booked))
    grouped = ([week for _number, week in run] for _key, run in runs)
    return [Span(run[0].week, run[-1].week, run[0].pool_share, run[0].booked) for run in grouped]


def _page(form: PoolSharesForm, person: Person, **context: Any) -> str:
    this_week = clock.this_week()
    share_now = next((row.share for row in person.pool_shares if row.covers(this_week)), 0)
    return render_template("pool/pool_shares.html", form=form, person=person, share_now=share_now, **context)
