"""Capacity: persons by weeks as a chart, the same as a table, and as a file."""

from collections.abc import Iterator, Sequence

from flask import Response, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import Select

from portfolio.access.guard import current_actor, requires
from portfolio.access.policy import Action, allowed
from portfolio.audit.exports import exported
from portfolio.exchange.write import Cell, Table
from portfolio.extensions import db
from portfolio.planning.capacity import cell
from portfolio.pool.models import Person
from portfolio.staffing import queries
from portfolio.staffing.capacity import Matrix, matrix
from portfolio.staffing.charts import capacity_heatmap
from portfolio.staffing.forms import CapacityFilterForm
from portfolio.staffing.labels import cell_words
from portfolio.staffing.routes.blueprint import bp
from portfolio.staffing.visibility import capacity_persons_visible_to
from portfolio.web import clock, settings
from portfolio.web.formats import format_week
from portfolio.web.paging import page_of
from portfolio.web.transactions import writes_access_log

PERSONS_PER_PAGE = 60


@bp.get("/kapazitaet")
@requires(Action.READ_CAPACITY)
def capacity() -> str:
    form = _filter_form()
    page = page_of(_chosen(form), PERSONS_PER_PAGE)
    figures = matrix(page.items, form.first, form.count)
    names = [person.name for person in page.items]
    chart = capacity_heatmap(figures.weeks, names, figures.pool_share, figures.booked)
    rows = list(zip(page.items, _words(figures), strict=True))
    return render_template(
        "staffing/capacity.html",
        form=form,
        page=page,
        figures=figures,
        chart=chart,
        rows=rows,
        files=[url_for("staffing.capacity_file", kind=kind, **form.arguments()) for kind in ("csv", "xlsx")],
        whole_pool=allowed(current_actor(), Action.READ_POOL_CAPACITY),
    )


@bp.get("/kapazitaet.<any(csv,xlsx):kind>")
@writes_access_log
@requires(Action.READ_CAPACITY)
def capacity_file(kind: str) -> Response:
    """All persons of the filter, a line for each week of each."""
    form = _filter_form()
    persons = db.session.scalars(_chosen(form)).all()
    figures = matrix(persons, form.first, form.count)
    columns = (
        _("Person"),
        _("Woche"),
        _("Poolanteil in %"),
        _("verplant in %"),
        _("frei in %"),
        _("Auslastung"),
        _("geliefert in h"),
    )
    table = Table(_("Kapazität"), columns, list(_lines(persons, figures)))
    answer = exported(table, kind, _("kapazitaet"), "capacity")
    db.session.commit()
    return answer


def _filter_form() -> CapacityFilterForm:
    choices = queries.skill_choices(), queries.organisation_choices()
    return CapacityFilterForm(request.args, clock.this_week(), *choices)


def _chosen(form: CapacityFilterForm) -> Select[Person]:
    visible = capacity_persons_visible_to(current_actor())
    return queries.pool_members(visible, form.first, form.last, form.skill_id, form.authority_id)


def _words(figures: Matrix) -> list[list[str]]:
    """Every cell in words; there are far fewer different cells than cells."""
    known: dict[tuple[int, int], str] = {}
    full_time_hours = settings.full_time_hours()

    def words(pool_share: int, booked: int) -> str:
        pair = (pool_share, booked)
        if pair not in known:
            known[pair] = cell_words(cell(pool_share, booked, full_time_hours))
        return known[pair]

    pairs = zip(figures.pool_share.tolist(), figures.booked.tolist(), strict=True)
    return [list(map(words, limits, taken)) for limits, taken in pairs]


def _lines(persons: Sequence[Person], figures: Matrix) -> Iterator[Sequence[Cell]]:
    words = _words(figures)
    weeks = [format_week(week) for week in figures.weeks]
    arrays = (figures.pool_share, figures.booked, figures.free, figures.delivered_hours.round(2))
    values = zip(*(array.tolist() for array in arrays), strict=True)
    for person, in_words, (limits, taken, left, hours) in zip(persons, words, values, strict=True):
        for line in zip(weeks, limits, taken, left, in_words, hours, strict=True):
            yield (person.name, *line)
