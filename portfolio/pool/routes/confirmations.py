"""Confirming skills: evidence was seen, with the person's consent. The level stays the person's own."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portfolio.access.guard import current_actor, get_or_404, requires
from portfolio.access.policy import Action
from portfolio.extensions import db
from portfolio.pool import queries, services
from portfolio.pool.forms import ConfirmForm
from portfolio.pool.labels import level_label
from portfolio.pool.models import PersonSkill
from portfolio.pool.routes.blueprint import bp
from portfolio.web import clock
from portfolio.web.conflict import differences, refuse_stale
from portfolio.web.problems import Problem


@bp.route("/personen/<int:person_id>/faehigkeiten/<int:row_id>/bestaetigen", methods=["GET", "POST"])
@requires(Action.CHANGE_PERSONS)
def confirm_skill(person_id: int, row_id: int) -> ResponseReturnValue:
    row = _row(person_id, row_id)
    if current_actor().person_id == person_id:
        abort(403)  # somebody else has to see the evidence
    form = ConfirmForm(data=_opened(row))
    if not form.is_submitted():
        return _page(form, row)
    if not form.validate():
        return _page(form, row), 422
    if form.is_stale(row.person.version):
        form.version.data = str(row.person.version)
        return _page(form, row, differences=differences(ConfirmForm(None, data=_opened(row)), form)), 409
    try:
        services.confirm_skill(row, form.values(current_actor().user_id))
    except Problem as problem:
        form.refuse(problem)
        return _page(form, row), problem.status
    db.session.commit()
    flash(_("%(skill)s ist bestätigt.", skill=row.skill.name), "success")
    return redirect(url_for("dashboard.person", person_id=person_id, _anchor="faehigkeiten"))


@bp.post("/personen/<int:person_id>/faehigkeiten/<int:row_id>/bestaetigung-zuruecknehmen")
@requires(Action.CHANGE_PERSONS)
def unconfirm_skill(person_id: int, row_id: int) -> ResponseReturnValue:
    row = _row(person_id, row_id)
    refuse_stale(row.person)
    services.withdraw_confirmation(row)
    db.session.commit()
    flash(_("Die Bestätigung ist zurückgenommen."), "success")
    return redirect(url_for("dashboard.person", person_id=person_id, _anchor="faehigkeiten"))


def _row(person_id: int, row_id: int) -> PersonSkill:
    person = get_or_404(queries.persons_changeable_by(current_actor(), Action.CHANGE_PERSONS), person_id)
    return get_or_404(queries.skill_rows_of(person), row_id)


def _opened(row: PersonSkill) -> dict[str, Any]:
    return {"evidence": row.evidence, "day": clock.today(), "version": row.person.version}


def _page(form: ConfirmForm, row: PersonSkill, **context: Any) -> str:
    level = level_label(row.level)
    return render_template("pool/confirm.html", form=form, row=row, person=row.person, level=level, **context)
