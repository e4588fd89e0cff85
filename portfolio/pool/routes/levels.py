"""What a person can do: self-assessed levels."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portfolio.access.guard import current_actor, get_or_404, requires
from portfolio.access.policy import Action
from portfolio.extensions import db
from portfolio.pool import queries, services
from portfolio.pool.forms import SkillLevelsForm
from portfolio.pool.forms.rows import take_step
from portfolio.pool.models import Person
from portfolio.pool.routes.blueprint import bp
from portfolio.web.conflict import differences
from portfolio.web.problems import Problem


@bp.route("/personen/<int:person_id>/faehigkeiten", methods=["GET", "POST"])
@requires(Action.CHANGE_SKILL_LEVELS)
def edit_skills(person_id: int) -> ResponseReturnValue:
    changeable = queries.persons_changeable_by(current_actor(), Action.CHANGE_SKILL_LEVELS)
    person = get_or_404(queries.with_skills(changeable), person_id)
    if request.method == "GET":
        return _page(SkillLevelsForm.of(person), person)
    form = _offering(SkillLevelsForm())
    if take_step(form.skills, request.form.get("step", "")):
        return _page(form, person)
    if not form.validate():
        return _page(form, person), 422
    if form.is_stale(person.version):
        form.version.data = str(person.version)
        return _page(form, person, differences=differences(_offering(SkillLevelsForm.of(person)), form)), 409
    try:
        services.replace_skills(person, form.values())
    except Problem as problem:
        form.refuse(problem)
        return _page(form, person), problem.status
    db.session.commit()
    flash(_("Die Fähigkeiten von %(name)s sind gespeichert.", name=person.name), "success")
    return redirect(url_for("dashboard.person", person_id=person_id))


def _offering(form: SkillLevelsForm) -> SkillLevelsForm:
    form.offer(db.session.scalars(queries.skills()).all())
    return form


def _page(form: SkillLevelsForm, person: Person, **context: Any) -> str:
    """Every row offers the catalogue, those added last too."""
    return render_template("pool/levels.html", form=_offering(form), person=person, **context)
