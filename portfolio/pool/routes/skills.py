"""The skill catalogue by area; the CIO office and the administration change it."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portfolio.access.guard import current_actor, get_or_404, requires
from portfolio.access.policy import Action, Scope, allowed, scopes
from portfolio.extensions import db
from portfolio.pool import queries, services
from portfolio.pool.forms import SkillFilterForm, SkillForm
from portfolio.pool.labels import LEVELS
from portfolio.pool.models import Skill
from portfolio.pool.routes.blueprint import bp
from portfolio.web import clock
from portfolio.web.conflict import differences
from portfolio.web.problems import Problem

SMALLEST_GROUP = 5


@bp.get("/faehigkeiten", endpoint="skills")
@requires(Action.READ_CATALOGUE)
def list_skills() -> str:
    form = SkillFilterForm(request.args, queries.skill_areas())
    found = db.session.scalars(queries.skills(form.q.data, form.chosen_area)).all()
    return render_template(
        "pool/skills.html",
        form=form,
        skills=found,
        holders=_holders(),
        whole=_sees_everybody(),
        smallest_group=SMALLEST_GROUP,
        levels=LEVELS,
        changeable=_changeable(),
    )


@bp.route("/faehigkeiten/neu", methods=["GET", "POST"])
@requires(Action.CHANGE_SKILLS)
def create_skill() -> ResponseReturnValue:
    form = SkillForm()
    if not form.is_submitted():
        return _page(form)
    if not form.validate():
        return _page(form), 422
    try:
        skill = services.create_skill(form.values())
    except Problem as problem:
        form.refuse(problem)
        return _page(form), problem.status
    db.session.commit()
    flash(_("Die Fähigkeit „%(name)s“ ist im Katalog.", name=skill.name), "success")
    return redirect(url_for("pool.skills"))


@bp.route("/faehigkeiten/<int:skill_id>/bearbeiten", methods=["GET", "POST"])
@requires(Action.CHANGE_SKILLS)
def edit_skill(skill_id: int) -> ResponseReturnValue:
    skill = get_or_404(queries.skills(), skill_id)
    form = SkillForm(obj=skill)
    if not form.is_submitted():
        return _page(form, skill)
    if not form.validate():
        return _page(form, skill), 422
    if form.is_stale(skill.version):
        form.version.data = skill.version
        return _page(form, skill, differences=differences(SkillForm(None, obj=skill), form)), 409
    try:
        services.change_skill(skill, form.values())
    except Problem as problem:
        form.refuse(problem)
        return _page(form, skill), problem.status
    db.session.commit()
    flash(_("Die Fähigkeit „%(name)s“ ist gespeichert.", name=skill.name), "success")
    return redirect(url_for("pool.skills"))


def _holders() -> Mapping[int, tuple[int | None, ...]]:
    """By skill who holds it from level 1, 2, 3 and 4 on; for others than planners all levels together, small numbers
    withheld (None): they could mean somebody."""
    counted = queries.holders_per_skill(clock.this_week())
    if _sees_everybody():
        return counted
    return {skill_id: (some[0] if some[0] >= SMALLEST_GROUP else None,) for skill_id, some in counted.items()}


def _sees_everybody() -> bool:
    """All persons with their skills."""
    return Scope.ALL in scopes(current_actor(), Action.READ_CAPACITY)


def _changeable() -> bool:
    return allowed(current_actor(), Action.CHANGE_SKILLS)


def _page(form: SkillForm, skill: Skill | None = None, **context: Any) -> str:
    return render_template("pool/skill_form.html", form=form, skill=skill, areas=queries.skill_areas(), **context)
