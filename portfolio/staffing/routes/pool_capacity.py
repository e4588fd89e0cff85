"""The pool as a whole: supply against demand per skill, and which ministries it works for."""

from typing import Any

import numpy as np
from flask import Response, render_template, url_for
from flask_babel import gettext as _

from portfolio.access.guard import current_actor, requires
from portfolio.access.policy import Action
from portfolio.audit.exports import exported
from portfolio.extensions import db
from portfolio.pool.models import Person
from portfolio.staffing import queries
from portfolio.staffing.capacity import OrganisationCapacity, SkillCapacity, organisation_capacity, skill_capacity
from portfolio.staffing.capacity_tables import one_decimal, organisations_table, percent, skills_table
from portfolio.staffing.charts import served_heatmap
from portfolio.staffing.forms import CapacityFilterForm
from portfolio.staffing.labels import shortfall_words
from portfolio.staffing.routes.blueprint import bp
from portfolio.staffing.routes.capacity import filter_form
from portfolio.staffing.visibility import capacity_persons_visible_to
from portfolio.staffing.week_charts import per_organisation, supply_and_demand
from portfolio.web import clock
from portfolio.web.transactions import writes_access_log

SHORTFALLS_SHOWN = 10


@bp.get("/kapazitaet/faehigkeiten")
@requires(Action.READ_POOL_CAPACITY)
def skill_capacities() -> str:
    form = filter_form()
    figures = _by_skill(form)
    shown = figures.row_to_show(form.skill_id)
    names = {skill.id: skill.name for skill in figures.skills}
    return render_template(
        "staffing/skill_capacity.html",
        form=form,
        figures=figures,
        shown=shown,
        lines=None if shown is None else list(zip(*_series(figures, shown), strict=True)),
        rows=figures.means,
        shortfalls=[shortfall_words(each, names) for each in figures.shortfalls[:SHORTFALLS_SHOWN]],
        chart=None if shown is None else _supply_and_demand(figures, shown),
        files=[] if shown is None else _files("staffing.skill_capacities_file", form, skill=figures.skills[shown].id),
        all_files=_files("staffing.skill_capacities_file", form, skill=None),
    )


@bp.get("/kapazitaet/faehigkeiten.<any(csv,xlsx):kind>")
@writes_access_log
@requires(Action.READ_POOL_CAPACITY)
def skill_capacities_file(kind: str) -> Response:
    form = filter_form()
    answer = exported(skills_table(_by_skill(form), form.skill_id), kind, _("kapazitaet-faehigkeiten"), "capacity")
    db.session.commit()
    return answer


@bp.get("/kapazitaet/ressorts")
@requires(Action.READ_POOL_CAPACITY)
def organisation_capacities() -> str:
    form = filter_form()
    figures = _by_organisation(form)
    served = [[percent(ratio) for ratio in row] for row in figures.served_by_week]
    codes = [organisation.code for organisation in figures.organisations]
    return render_template(
        "staffing/organisation_capacity.html",
        form=form,
        figures=figures,
        totals=[
            (organisation, total, percent(ratio), percent(covered))
            for organisation, total, ratio, covered in zip(
                figures.organisations, figures.totals, figures.ratios, figures.served, strict=True
            )
        ],
        lines=one_decimal(np.vstack((figures.hours, figures.pool))).T.tolist(),
        served=list(zip(figures.organisations, served, strict=True)),
        chart=_hours_chart(figures) if codes else None,
        served_chart=served_heatmap(figures.weeks, codes, np.array(served, np.float32)) if codes else None,
        files=_files("staffing.organisation_capacities_file", form),
    )


@bp.get("/kapazitaet/ressorts.<any(csv,xlsx):kind>")
@writes_access_log
@requires(Action.READ_POOL_CAPACITY)
def organisation_capacities_file(kind: str) -> Response:
    answer = exported(organisations_table(_by_organisation(filter_form())), kind, _("kapazitaet-ressorts"), "capacity")
    db.session.commit()
    return answer


def _by_skill(form: CapacityFilterForm) -> SkillCapacity:
    members = capacity_persons_visible_to(current_actor())
    if form.authority_id is not None:
        members = members.where(Person.home_organisation_id == form.authority_id)
    return skill_capacity(members, form.span, clock.this_week())


def _by_organisation(form: CapacityFilterForm) -> OrganisationCapacity:
    visible = capacity_persons_visible_to(current_actor())
    members = queries.pool_members(visible, form.first, form.last, form.skill_id, form.authority_id)
    persons = db.session.execute(members.with_only_columns(Person.id)).all()
    return organisation_capacity(persons, form.span, form.skill_id)


def _files(endpoint: str, form: CapacityFilterForm, **others: Any) -> list[str]:
    return [url_for(endpoint, kind=kind, **form.arguments() | others) for kind in ("csv", "xlsx")]


def _series(figures: SkillCapacity, row: int) -> list[list[float]]:
    return [one_decimal(each[row]).tolist() for each in figures.series]


def _supply_and_demand(figures: SkillCapacity, row: int) -> dict[str, Any]:
    return supply_and_demand(figures.weeks, _series(figures, row))


def _hours_chart(figures: OrganisationCapacity) -> dict[str, Any]:
    codes = [organisation.code for organisation in figures.organisations]
    rows = list(zip(codes, one_decimal(figures.hours).tolist(), strict=True))
    return per_organisation(figures.weeks, rows, one_decimal(figures.pool).tolist())
