"""The list of persons with its export, and the page of one person."""

from typing import Any

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portfolio.access.guard import current_actor, get_or_404, requires
from portfolio.access.policy import Action, Actor, Scope, allowed, scopes
from portfolio.audit.exports import exported
from portfolio.dashboard.blueprint import bp
from portfolio.dashboard.persons import export, queries
from portfolio.dashboard.persons.detail import detail_of
from portfolio.dashboard.persons.detail import persons as persons_seen
from portfolio.dashboard.persons.filters import FilterForm
from portfolio.dashboard.persons.sight import Field, columns_for, fields_of
from portfolio.dashboard.persons.weeks import strips
from portfolio.extensions import db
from portfolio.planning.capacity import PersonCapacity
from portfolio.pool.labels import LEVELS, validity_words
from portfolio.staffing import labels as staffing_labels
from portfolio.staffing.forms import WeeksForm
from portfolio.staffing.week_charts import workload
from portfolio.web import clock
from portfolio.web.fragments import render_page
from portfolio.web.paging import rows_page_of
from portfolio.web.transactions import writes_access_log


@bp.get("/personen", endpoint="persons")
@requires(Action.READ_PERSONS)
def list_persons() -> ResponseReturnValue:
    """The list; who may see nobody but themselves goes straight to their own page."""
    actor = current_actor()
    if scopes(actor, Action.READ_PERSONS) == {Scope.SELF} and actor.person_id is not None:
        return redirect(url_for("dashboard.person", person_id=actor.person_id))
    form = _filter_form(actor)
    chosen = form.chosen()
    found = queries.matching(actor, chosen, clock.this_week())
    page = rows_page_of(queries.rows(found, request.args.get("sort", "")))
    context = {
        "form": form,
        "page": page,
        "may_create": allowed(actor, Action.CREATE_PERSONS),
        "downloads": _downloads(form) if _may_export(actor) else None,
    }
    return render_page("dashboard/persons.html", "results", **context, **_columns(actor, page.items, chosen.skill_id))


@bp.get("/personen.<any(csv,xlsx):kind>")
@writes_access_log
@requires(Action.READ_PERSONS)
def persons_file(kind: str) -> Response:
    """All persons of the filter, with what their reader may see of everybody."""
    actor = current_actor()
    if not _may_export(actor):
        abort(403)
    found = queries.matching(actor, _filter_form(actor).chosen(), clock.this_week())
    sort = request.args.get("sort", "")
    table = export.persons_table(found, sort, columns_for(actor), clock.this_week())
    answer = exported(table, kind, _("personen"), "person")
    db.session.commit()
    return answer


def _downloads(form: FilterForm) -> list[str]:
    return [url_for("dashboard.persons_file", kind=kind, **form.arguments()) for kind in ("csv", "xlsx")]


@bp.get("/personen/<int:person_id>/wochen.<any(csv,xlsx):kind>")
@writes_access_log
@requires(Action.READ_PERSONS)
def person_weeks_file(person_id: int, kind: str) -> Response:
    actor = current_actor()
    form = WeeksForm(request.args, clock.this_week())
    weeks = detail_of(get_or_404(persons_seen(actor), person_id), actor, form.span, clock.this_week()).weeks
    if weeks is None:
        abort(403)
    answer = exported(export.weeks_table(weeks), kind, _("wochen"), "person")
    db.session.commit()
    return answer


@bp.get("/personen/<int:person_id>")
@requires(Action.READ_PERSONS)
def person(person_id: int) -> str:
    actor = current_actor()
    found = get_or_404(persons_seen(actor), person_id)
    form = WeeksForm(request.args, clock.this_week())
    detail = detail_of(found, actor, form.span, clock.this_week())
    return render_template(
        "dashboard/person.html",
        person=found,
        detail=detail,
        own=actor.person_id == person_id,
        form=form,
        chart=_workload(detail.weeks) if detail.weeks else None,
        files=[
            url_for("dashboard.person_weeks_file", person_id=person_id, kind=kind, **form.arguments())
            for kind in ("csv", "xlsx")
        ],
        cell_words=staffing_labels.cell_words,
        levels=LEVELS,
        validity_words=validity_words,
        labels=staffing_labels,
        this_week=clock.this_week(),
    )


def _workload(weeks: PersonCapacity) -> dict[str, Any]:
    return workload(tuple(weeks.weeks), weeks.booked, weeks.pool_share)


def _filter_form(actor: Actor) -> FilterForm:
    return FilterForm(request.args, url_for("dashboard.persons"), columns_for(actor))


def _may_export(actor: Actor) -> bool:
    """Files leave the house: only who may read all persons takes their list along."""
    return Scope.ALL in scopes(actor, Action.READ_PERSONS)


def _columns(actor: Actor, rows: list[Any], asked: int | None) -> dict[str, Any]:
    """What stands in the columns that `actor` sees, for the persons of this page."""
    columns, this_week = columns_for(actor), clock.this_week()
    ids = [row.id for row in rows]
    return {
        "columns": columns,
        "seen": fields_of(actor, ids) if ids else {},
        "levels": queries.levels(ids, this_week, asked) if ids and Field.SKILLS in columns else {},
        "strips": strips(rows, this_week) if ids and Field.WEEKS in columns else {},
    }
