"""The list of open needs, and forms to create, change and remove one."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portfolio.access.guard import current_actor, get_or_404, require, requires
from portfolio.access.policy import Action, may
from portfolio.extensions import db
from portfolio.projects.models import Project
from portfolio.staffing import queries, services
from portfolio.staffing.forms import NeedFilterForm, NeedForm
from portfolio.staffing.labels import staffing_tone, staffing_words
from portfolio.staffing.models import Need
from portfolio.staffing.outlook import coverage_of
from portfolio.staffing.routes.blueprint import bp
from portfolio.staffing.visibility import needs_visible_to, projects_visible_to, shares_visible_to
from portfolio.web import clock
from portfolio.web.conflict import differences, refuse_stale
from portfolio.web.fragments import render_page
from portfolio.web.paging import page_of
from portfolio.web.problems import Problem


@bp.get("/bedarfe")
@requires(Action.READ_NEEDS)
def needs() -> str:
    actor = current_actor()
    form = NeedFilterForm(request.args, queries.skill_choices(), queries.organisation_choices())
    chosen, sort = form.chosen(clock.this_week()), request.args.get("sort", "")
    page = page_of(queries.open_needs(needs_visible_to(actor), chosen, sort))
    coverage = coverage_of(page.items)
    with_shares = {need.id for need in page.items if shares_visible_to(actor, need.project)}
    words = {"staffing_words": staffing_words, "staffing_tone": staffing_tone}
    context = {"form": form, "page": page, "coverage": coverage, "with_shares": with_shares}
    return render_page("staffing/needs.html", "results", **context, **words)


@bp.route("/projekte/<int:project_id>/bedarfe/neu", methods=["GET", "POST"])
@requires(Action.CHANGE_NEEDS)
def create_need(project_id: int) -> ResponseReturnValue:
    project = get_or_404(projects_visible_to(current_actor()), project_id)
    require(Action.CHANGE_NEEDS, project)
    form = NeedForm(queries.skill_choices())
    if not form.is_submitted():
        return _page(form, project)
    if not form.validate():
        return _page(form, project), 422
    try:
        need = services.create_need(form.need_data(project_id))
    except Problem as problem:
        form.refuse(problem)
        return _page(form, project), problem.status
    db.session.commit()
    flash(_("Der Bedarf ist angelegt."), "success")
    return redirect(url_for("staffing.need", need_id=need.id))


@bp.route("/bedarfe/<int:need_id>/bearbeiten", methods=["GET", "POST"])
@requires(Action.CHANGE_NEEDS)
def edit_need(need_id: int) -> ResponseReturnValue:
    need = _to_change(need_id)
    skills = queries.skill_choices()
    form = NeedForm(skills, obj=need)
    if not form.is_submitted():
        return _page(form, need.project, need)
    if not form.validate():
        return _page(form, need.project, need), 422
    if form.is_stale(need.version):
        form.version.data = need.version
        found = differences(NeedForm(skills, formdata=None, obj=need), form)
        return _page(form, need.project, need, differences=found), 409
    try:
        services.change_need(need, form.need_data(need.project_id), current_actor())
    except Problem as problem:
        form.refuse(problem)
        return _page(form, need.project, need), problem.status
    db.session.commit()
    flash(_("Der Bedarf ist gespeichert."), "success")
    return redirect(url_for("staffing.need", need_id=need_id))


@bp.post("/bedarfe/<int:need_id>/entfernen")
@requires(Action.CHANGE_NEEDS)
def remove_need(need_id: int) -> ResponseReturnValue:
    need = _to_change(need_id)
    refuse_stale(need)
    services.remove_need(need, current_actor())
    db.session.commit()
    flash(_("Der Bedarf ist entfernt."), "success")
    return redirect(url_for("dashboard.project", project_id=need.project_id))


def may_change(need: Need) -> bool:
    """Whether the current user may change this need now, and so is offered it."""
    actor = current_actor()
    if not may(actor, Action.CHANGE_NEEDS, need.project):
        return False
    return not (services.only_until_staffed(need, actor) and any(booking.books for booking in need.assignments))


def _to_change(need_id: int) -> Need:
    need = get_or_404(queries.need_with_team(needs_visible_to(current_actor())), need_id)
    require(Action.CHANGE_NEEDS, need.project)
    return need


def _page(form: NeedForm, project: Project, need: Need | None = None, **context: Any) -> str:
    return render_template("staffing/need_form.html", form=form, project=project, need=need, **context)
