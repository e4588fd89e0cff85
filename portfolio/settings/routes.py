"""What an installation can set: everybody reads it, the administration changes it."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portfolio.access.guard import current_actor, get_or_404, requires
from portfolio.access.policy import Action, allowed
from portfolio.extensions import db
from portfolio.pool.calendar import public_holidays
from portfolio.settings import queries, services
from portfolio.settings.forms import FORMS, SettingsForm
from portfolio.settings.labels import STATES
from portfolio.web import clock
from portfolio.web import settings as holding
from portfolio.web.conflict import differences
from portfolio.web.problems import Problem

bp = Blueprint("settings", __name__)


@bp.get("/einstellungen", endpoint="settings")
@requires(Action.READ_SETTINGS)
def show_settings() -> str:
    now, year = holding.current(), clock.today().year
    return render_template(
        "settings/settings.html",
        now=now,
        sections=FORMS,
        states=STATES,
        holidays={each: public_holidays(each, now.holiday_state) for each in (year, year + 1)},
        changeable=allowed(current_actor(), Action.CHANGE_SETTINGS),
        changeable_bases=allowed(current_actor(), Action.CHANGE_TECHNICAL_BASES),
    )


@bp.route(
    "/einstellungen/<any('betrieb','dienstfreie-tage','schwellen','hinweistexte'):section>", methods=["GET", "POST"]
)
@requires(Action.CHANGE_SETTINGS)
def edit(section: str) -> ResponseReturnValue:
    stored, now = get_or_404(queries.stored_settings(), queries.THE_ROW), holding.current()
    if request.method == "GET":
        return _page(section, FORMS[section].of(now, stored.version))
    form = FORMS[section]()
    if form.take_step(request.form.get("step", "")):
        return _page(section, form)
    if not form.validate():
        return _page(section, form), 422
    if form.is_stale(stored.version):
        form.version.data = str(stored.version)
        found = differences(FORMS[section].of(now, stored.version), form)
        return _page(section, form, differences=found), 409
    try:
        services.change_settings(stored, now, replace(now, **form.values()))
    except Problem as problem:
        form.refuse(problem)
        return _page(section, form), problem.status
    db.session.commit()
    flash(_("Die Einstellungen sind gespeichert und gelten ab sofort."), "success")
    return redirect(url_for("settings.settings", _anchor=section))


def _page(section: str, form: SettingsForm, **context: Any) -> str:
    return render_template("settings/form.html", form=form, section=section, **context)
