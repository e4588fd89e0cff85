"""Capacity: persons by weeks as a chart, the same as a table, and as a file."""

from flask import Response, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import Select

from portfolio.access.guard import current_actor, requires
from portfolio.access.policy import Action, allowed
from portfolio.audit.exports import exported
from portfolio.extensions import db
from portfolio.planning.weeks import working_days
from portfolio.pool.models import Person
from portfolio.staffing import queries
from portfolio.staffing.capacity import matrix
from portfolio.staffing.capacity_tables import cells_of, persons_table
from portfolio.staffing.charts import capacity_heatmap, unique
from portfolio.staffing.forms import CapacityFilterForm
from portfolio.staffing.routes.blueprint import bp
from portfolio.staffing.visibility import capacity_persons_visible_to
from portfolio.web import clock
from portfolio.web.paging import page_of
from portfolio.web.transactions import writes_access_log

PERSONS_PER_PAGE = 50


@bp.get("/kapazitaet")
@requires(Action.READ_CAPACITY)
def capacity() -> str:
    form = filter_form()
    page = page_of(_chosen(form), PERSONS_PER_PAGE)
    figures = matrix(page.items, form.first, form.count)
    names = unique([person.name for person in page.items])
    return render_template(
        "staffing/capacity.html",
        form=form,
        page=page,
        weeks=[(week, working_days(week, figures.days_off)) for week in figures.weeks],
        chart=capacity_heatmap(figures, names),
        rows=list(zip(page.items, names, cells_of(figures), strict=True)),
        files=[url_for("staffing.capacity_file", kind=kind, **form.arguments()) for kind in ("csv", "xlsx")],
        whole_pool=allowed(current_actor(), Action.READ_POOL_CAPACITY),
    )


@bp.get("/kapazitaet.<any(csv,xlsx):kind>")
@writes_access_log
@requires(Action.READ_CAPACITY)
def capacity_file(kind: str) -> Response:
    """All persons of the filter, a line for each week of each."""
    form = filter_form()
    persons = db.session.scalars(_chosen(form)).all()
    table = persons_table(persons, matrix(persons, form.first, form.count))
    answer = exported(table, kind, _("kapazitaet"), "capacity")
    db.session.commit()
    return answer


def filter_form() -> CapacityFilterForm:
    choices = queries.skill_choices(), queries.organisation_choices()
    return CapacityFilterForm(request.args, clock.this_week(), *choices)


def _chosen(form: CapacityFilterForm) -> Select[Person]:
    visible = capacity_persons_visible_to(current_actor())
    return queries.pool_members(visible, form.first, form.last, form.skill_id, form.authority_id)
