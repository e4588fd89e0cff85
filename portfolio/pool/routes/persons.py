"""Master data of persons: creating and changing."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portfolio.access.guard import current_actor, get_or_404, requires
from portfolio.access.policy import Action, allowed
from portfolio.access.queries import organisations
from portfolio.extensions import db
from portfolio.pool import queries, services
from portfolio.pool.forms import PersonForm
from portfolio.pool.models import Person
from portfolio.pool.routes.blueprint import bp
from portfolio.web import clock
from portfolio.web.conflict import differences
from portfolio.web.problems import Problem


@bp.route("/personen/neu", methods=["GET", "POST"])
@requires(Action.CREATE_PERSONS)
def create_person() -> ResponseReturnValue:
    form = _offering(PersonForm())
    if not allowed(current_actor(), Action.CHANGE_PERSONS):
        form.without_shares()
    if not form.is_submitted():
        return _page(form)
    if not form.validate():
        return _page(form), 422
    try:
        person = services.create_person(form.values())
    except Problem as problem:
        form.refuse(problem)
        return _page(form), problem.status
    db.session.commit()
    _tell(person, _("%(name)s ist angelegt.", name=person.name))
    return redirect(url_for("dashboard.person", person_id=person.id))


@bp.route("/personen/<int:person_id>/bearbeiten", methods=["GET", "POST"])
@requires(Action.CHANGE_PERSONS)
def edit_person(person_id: int) -> ResponseReturnValue:
    changeable = queries.persons_changeable_by(current_actor(), Action.CHANGE_PERSONS)
    person = get_or_404(queries.with_pool_shares(changeable), person_id)
    form = _offering(PersonForm(obj=person), person)
    if not form.is_submitted():
        return _page(form, person)
    if not form.validate():
        return _page(form, person), 422
    if form.is_stale(person.version):
        form.version.data = person.version
        stored = _offering(PersonForm(None, obj=person), person)
        return _page(form, person, differences=differences(stored, form)), 409
    try:
        services.change_person(person, form.values(active=person.active))
    except Problem as problem:
        form.refuse(problem)
        return _page(form, person), problem.status
    db.session.commit()
    _tell(person, _("Die Angaben zu %(name)s sind gespeichert.", name=person.name))
    return redirect(url_for("dashboard.person", person_id=person_id))


def _offering(form: PersonForm, person: Person | None = None) -> PersonForm:
    """The authorities of today, and the one the person has, which may be of yesterday."""
    today, own = clock.today(), person.home_organisation_id if person else None
    known = db.session.scalars(organisations())
    form.offer_homes([each for each in known if each.existed_on(today) or each.id == own])
    return form


def _tell(person: Person, done: str) -> None:
    flash(done, "success")
    if names := queries.others_with_email(person):
        flash(_("Dieselbe E-Mail-Adresse steht auch bei: %(names)s.", names=", ".join(names)), "warning")


def _page(form: PersonForm, person: Person | None = None, **context: Any) -> str:
    return render_template("pool/person_form.html", form=form, person=person, **context)
