"""Days on which a person is not available. Others see weekly presence only, and nobody sees why."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portfolio.access.guard import current_actor, get_or_404, requires
from portfolio.access.policy import Action
from portfolio.extensions import db
from portfolio.pool import queries, services
from portfolio.pool.forms import AbsenceForm
from portfolio.pool.models import Absence, Person
from portfolio.pool.routes.blueprint import bp
from portfolio.web import clock
from portfolio.web.conflict import differences, refuse_stale
from portfolio.web.problems import Problem


@bp.route("/personen/<int:person_id>/abwesenheiten", methods=["GET", "POST"])
@requires(Action.CHANGE_ABSENCES)
def add_absence(person_id: int) -> ResponseReturnValue:
    """The person's absences, and a form for one more."""
    person = get_or_404(queries.persons_changeable_by(current_actor(), Action.CHANGE_ABSENCES), person_id)
    form = AbsenceForm()
    if not form.is_submitted():
        return _list(form, person)
    if not form.validate():
        return _list(form, person), 422
    try:
        services.add_absence(person, *form.values())
    except Problem as problem:
        form.refuse(problem)
        return _list(form, person), problem.status
    db.session.commit()
    flash(_("Die Abwesenheit ist eingetragen."), "success")
    return redirect(url_for("pool.add_absence", person_id=person_id))


@bp.route("/abwesenheiten/<int:absence_id>/bearbeiten", methods=["GET", "POST"])
@requires(Action.CHANGE_ABSENCES)
def edit_absence(absence_id: int) -> ResponseReturnValue:
    absence = get_or_404(queries.absences_changeable_by(current_actor()), absence_id)
    form = AbsenceForm(obj=absence)
    if not form.is_submitted():
        return _page(form, absence)
    if not form.validate():
        return _page(form, absence), 422
    if form.is_stale(absence.version):
        form.version.data = absence.version
        return _page(form, absence, differences=differences(AbsenceForm(None, obj=absence), form)), 409
    try:
        services.change_absence(absence, *form.values())
    except Problem as problem:
        form.refuse(problem)
        return _page(form, absence), problem.status
    db.session.commit()
    flash(_("Die Abwesenheit ist geändert."), "success")
    return redirect(url_for("pool.add_absence", person_id=absence.person_id))


@bp.post("/abwesenheiten/<int:absence_id>/loeschen")
@requires(Action.CHANGE_ABSENCES)
def remove_absence(absence_id: int) -> ResponseReturnValue:
    absence = get_or_404(queries.absences_changeable_by(current_actor()), absence_id)
    refuse_stale(absence)
    person_id = absence.person_id
    services.remove_absence(absence)
    db.session.commit()
    flash(_("Die Abwesenheit ist gelöscht."), "success")
    return redirect(url_for("pool.add_absence", person_id=person_id))


def _list(form: AbsenceForm, person: Person) -> str:
    absences = db.session.scalars(queries.absences_of(person.id)).all()
    context = {"absences": absences, "today": clock.today(), "own": person.id == current_actor().person_id}
    return render_template("pool/absences.html", form=form, person=person, **context)


def _page(form: AbsenceForm, absence: Absence, **context: Any) -> str:
    return render_template("pool/absence_form.html", form=form, absence=absence, **context)
