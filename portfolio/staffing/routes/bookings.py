"""Booking somebody on a project, and changing a booking; when it is too much, the ways out."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portfolio.access.guard import LARGEST_ID, current_actor, get_or_404, requires
from portfolio.access.policy import Action
from portfolio.extensions import db
from portfolio.planning.weeks import Week
from portfolio.pool.models import Person
from portfolio.pool.problems import Overbooked
from portfolio.projects.models import Project
from portfolio.staffing import queries, services
from portfolio.staffing.courses import Course
from portfolio.staffing.forms import BookingForm, ChangeForm, NewBookingForm
from portfolio.staffing.labels import caution_words
from portfolio.staffing.models import Assignment, Need
from portfolio.staffing.routes.blueprint import bp
from portfolio.staffing.routes.too_much import TooMuch
from portfolio.staffing.visibility import assignments_visible_to, persons_visible_to, projects_visible_to
from portfolio.web.conflict import differences
from portfolio.web.problems import Problem


@bp.route("/projekte/<int:project_id>/zuordnungen/neu", methods=["GET", "POST"])
@requires(Action.CHANGE_ASSIGNMENTS)
def create_assignment(project_id: int) -> ResponseReturnValue:
    project = get_or_404(projects_visible_to(current_actor()), project_id)
    form = NewBookingForm(**_asked_for(project_id))
    if not form.is_submitted():
        return _new_page(project, form)
    if not form.validate():
        return _new_page(project, form), 422
    try:
        made = services.assign(form.assignment_data(project_id), current_actor(), form.override_reason.data)
    except Problem as problem:
        return _new_page(project, form, **_refused(form, problem)), problem.status
    name, cautions, next_page = made.person.name, services.warnings_for(made), _after(made)
    db.session.commit()
    flash(_("%(name)s ist eingeplant.", name=name), "success")
    for caution in cautions:
        flash(caution_words(caution), "warning")
    return redirect(next_page)


@bp.route("/zuordnungen/<int:assignment_id>/bearbeiten", methods=["GET", "POST"])
@requires(Action.CHANGE_ASSIGNMENTS)
def edit_assignment(assignment_id: int) -> ResponseReturnValue:
    assignment = get_or_404(queries.with_names(assignments_visible_to(current_actor())), assignment_id)
    form = _change_form(assignment)
    if not form.is_submitted():
        return _change_page(assignment, form)
    if not form.validate():
        return _change_page(assignment, form), 422
    if form.is_stale(assignment.version):
        form.version.data = assignment.version
        found = differences(_change_form(assignment, formdata=None), form)
        return _change_page(assignment, form, differences=found), 409
    agreed = services.held(assignment) if services.rests_on_agreement(assignment) else None
    try:
        reason = form.override_reason.data
        services.change_assignment(assignment, form.assignment_data(assignment), current_actor(), reason)
    except Problem as problem:
        return _change_page(assignment, form, **_refused(form, problem)), problem.status
    beyond = agreed is not None and Course(agreed, services.held(assignment)).books_more
    db.session.commit()
    flash(_("Die Zuordnung ist gespeichert."), "success")
    if beyond:
        flash(
            _("Das geht über das hinaus, wofür das Einvernehmen erteilt wurde. Bitte holen Sie ein neues ein."),
            "warning",
        )
    return redirect(url_for("staffing.assignment", assignment_id=assignment_id))


def _asked_for(project_id: int) -> dict[str, Any]:
    """What the address asks for: a person, a need with its share, weeks or all of its own. Nothing once it is sent."""
    if request.method != "GET":
        return {}
    need_id = request.args.get("need", 0, type=int)
    needs = queries.needs_of(project_id)
    wanted = db.session.scalar(needs.where(Need.id == need_id)) if need_id <= LARGEST_ID else None
    values: dict[str, Any] = {"person_id": request.args.get("person", type=int)}
    if wanted:
        values |= {"need_id": wanted.id, "share": wanted.share}
        values |= {"from_week": wanted.from_week, "to_week": wanted.to_week}
    named = {name: request.args.get(name, type=Week.parse) for name in ("from_week", "to_week")}
    return values | {name: week for name, week in named.items() if week}


def _change_form(assignment: Assignment, **source: Any) -> ChangeForm:
    form = ChangeForm(**source, obj=assignment)
    form.offer(db.session.scalars(queries.needs_of(assignment.project_id)).all())
    return form


def _refused(form: BookingForm, problem: Problem) -> dict[str, Any]:
    """What the page shows of a refusal: a sentence at its field, or the weeks and the ways out."""
    db.session.rollback()
    if not isinstance(problem, Overbooked):
        form.refuse(problem)
        return {}
    person = db.session.get_one(Person, problem.person_id)
    return {"too_much": TooMuch(person, form.share.data or 0, problem.weeks, form.ways_out(problem.weeks))}


def _after(assignment: Assignment) -> str:
    """Back to the need, which may lack more; without one, to the assignment."""
    if assignment.need_id:
        return url_for("staffing.need", need_id=assignment.need_id)
    return url_for("staffing.assignment", assignment_id=assignment.id)


def _new_page(project: Project, form: NewBookingForm, **context: Any) -> str:
    form.offer(
        db.session.scalars(queries.active_persons(persons_visible_to(current_actor()))).all(),
        db.session.scalars(queries.needs_of(project.id)).all(),
    )
    return render_template("staffing/assignment_new.html", project=project, form=form, **context)


def _change_page(assignment: Assignment, form: ChangeForm, **context: Any) -> str:
    return render_template("staffing/assignment_form.html", assignment=assignment, form=form, **context)
