"""The pool as a whole: supply against demand per skill, and which organisations it works for."""

from collections.abc import Iterator
from typing import Any

from flask import Response, render_template, request, url_for
from flask_babel import gettext as _

from portfolio.access.guard import current_actor, requires
from portfolio.access.policy import Action
from portfolio.audit.exports import exported
from portfolio.exchange.write import Cell, Table
from portfolio.extensions import db
from portfolio.pool.models import Person
from portfolio.staffing import queries
from portfolio.staffing.forms import CapacityFilterForm
from portfolio.staffing.organisation_capacity import OrganisationCapacity, organisation_capacity
from portfolio.staffing.routes.blueprint import bp
from portfolio.staffing.skill_capacity import SkillCapacity, skill_capacity
from portfolio.staffing.visibility import capacity_persons_visible_to
from portfolio.staffing.week_charts import per_organisation, supply_and_demand
from portfolio.web import clock
from portfolio.web.formats import format_week
from portfolio.web.transactions import writes_access_log


@bp.get("/kapazitaet/faehigkeiten")
@requires(Action.READ_POOL_CAPACITY)
def skill_capacities() -> str:
    form = _filter_form()
    figures = _by_skill(form)
    shown = _shown(figures, form.skill_id)
    return render_template(
        "staffing/skill_capacity.html",
        form=form,
        figures=figures,
        rows=list(_totals(figures)),
        shown=shown,
        skills={skill.id: skill for skill in figures.skills},
        chart=None if shown is None else _chart(figures, shown),
        files=_files("staffing.skill_capacities_file", form),
    )


@bp.get("/kapazitaet/faehigkeiten.<any(csv,xlsx):kind>")
@writes_access_log
@requires(Action.READ_POOL_CAPACITY)
def skill_capacities_file(kind: str) -> Response:
    columns = (_("Fähigkeit"), _("Woche"), _("frei in h"), _("besetzt in h"), _("offen in h"), _("fehlt in h"))
    table = Table(_("Fähigkeiten"), columns, list(_skill_lines(_by_skill(_filter_form()))))
    answer = exported(table, kind, _("kapazitaet-faehigkeiten"), "capacity")
    db.session.commit()
    return answer


@bp.get("/kapazitaet/ressorts")
@requires(Action.READ_POOL_CAPACITY)
def organisation_capacities() -> str:
    form = _filter_form()
    figures = _by_organisation(form)
    named = [
        (each.code, hours.round(1).tolist()) for each, hours in zip(figures.organisations, figures.hours, strict=True)
    ]
    return render_template(
        "staffing/organisation_capacity.html",
        form=form,
        figures=figures,
        rows=list(zip(figures.organisations, figures.totals, figures.ratios, figures.hours.tolist(), strict=True)),
        chart=per_organisation(figures.weeks, named) if named else None,
        files=_files("staffing.organisation_capacities_file", form),
    )


@bp.get("/kapazitaet/ressorts.<any(csv,xlsx):kind>")
@writes_access_log
@requires(Action.READ_POOL_CAPACITY)
def organisation_capacities_file(kind: str) -> Response:
    columns = (_("Organisation"), _("Woche"), _("geliefert in h"))
    table = Table(_("Ressorts"), columns, list(_organisation_lines(_by_organisation(_filter_form()))))
    answer = exported(table, kind, _("kapazitaet-ressorts"), "capacity")
    db.session.commit()
    return answer


def _filter_form() -> CapacityFilterForm:
    choices = queries.skill_choices(), queries.organisation_choices()
    return CapacityFilterForm(request.args, clock.this_week(), *choices)


def _persons(form: CapacityFilterForm, skill_id: int | None = None) -> Any:
    visible = capacity_persons_visible_to(current_actor())
    members = queries.pool_members(visible, form.first, form.last, skill_id, form.authority_id)
    return db.session.execute(members.with_only_columns(Person.id)).all()


def _by_skill(form: CapacityFilterForm) -> SkillCapacity:
    return skill_capacity(_persons(form), form.first, form.count)


def _by_organisation(form: CapacityFilterForm) -> OrganisationCapacity:
    return organisation_capacity(_persons(form, form.skill_id), form.first, form.count)


def _files(endpoint: str, form: CapacityFilterForm) -> list[str]:
    return [url_for(endpoint, kind=kind, **form.arguments()) for kind in ("csv", "xlsx")]


def _shown(figures: SkillCapacity, skill_id: int | None) -> int | None:
    """The row of the skill chosen, else of the one that lacks most, else of the one most wanted."""
    if not figures.skills:
        return None
    ids = [skill.id for skill in figures.skills]
    if skill_id in ids:
        return ids.index(skill_id)
    lacking = figures.missing.sum(axis=1)
    return int((lacking if lacking.any() else figures.open.sum(axis=1)).argmax())


def _chart(figures: SkillCapacity, row: int) -> dict[str, Any]:
    series = (figures.supply, figures.booked, figures.open)
    return supply_and_demand(figures.weeks, *(hours[row].round(1).tolist() for hours in series))


def _totals(figures: SkillCapacity) -> Iterator[tuple[Any, ...]]:
    """Each skill with its hours a week, on average."""
    series = (figures.supply, figures.booked, figures.open, figures.missing)
    means = (hours.mean(axis=1).tolist() for hours in series)
    return zip(figures.skills, *means, strict=True)


def _skill_lines(figures: SkillCapacity) -> Iterator[tuple[Cell, ...]]:
    weeks = [format_week(week) for week in figures.weeks]
    arrays = (hours.round(1).tolist() for hours in (figures.supply, figures.booked, figures.open, figures.missing))
    for skill, *hours in zip(figures.skills, *arrays, strict=True):
        for line in zip(weeks, *hours, strict=True):
            yield (skill.name, *line)


def _organisation_lines(figures: OrganisationCapacity) -> Iterator[tuple[Cell, ...]]:
    weeks = [format_week(week) for week in figures.weeks]
    for organisation, hours in zip(figures.organisations, figures.hours.round(1).tolist(), strict=True):
        for line in zip(weeks, hours, strict=True):
            yield (organisation.code, *line)
