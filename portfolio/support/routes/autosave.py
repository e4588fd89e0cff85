"""Autosave: keeps the draft while it is being written, as far as it makes sense; answers the script that asks."""

from collections.abc import Callable

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portfolio.access.guard import current_actor, requires
from portfolio.access.policy import Action
from portfolio.extensions import db
from portfolio.support import labels, queries, services
from portfolio.support.forms import RequestForm
from portfolio.support.forms.autosave import Kept, kept
from portfolio.support.models import SupportRequest
from portfolio.support.routes.blueprint import bp
from portfolio.support.routes.page import load, status_of
from portfolio.web import clock
from portfolio.web.problems import Problem, Stale, describe


@bp.post("/anfragen/neu/zwischenstand")
@requires(Action.FILE_REQUESTS)
def keep_new() -> ResponseReturnValue:
    """The first time there is something to keep, it becomes a draft; the form goes on with that."""
    form = _form()
    found = kept(form, None)
    if found.is_nothing:
        return {"message": labels.not_kept_words(" ".join(found.left_out)) if found.left_out else ""}
    return _keep(form, found, lambda: services.create_draft(found.data, current_actor()))


@bp.post("/anfragen/<int:request_id>/zwischenstand")
@requires(Action.READ_REQUESTS)
def keep(request_id: int) -> ResponseReturnValue:
    draft, form = load(request_id, Action.FILE_REQUESTS), _form()
    found = kept(form, draft)

    def change() -> SupportRequest:
        if form.is_stale(draft.version):
            raise Stale
        services.keep_draft(draft, found.data)
        return draft

    return _keep(form, found, change)


def _keep(form: RequestForm, found: Kept, write: Callable[[], SupportRequest]) -> ResponseReturnValue:
    try:
        saved = write()
    except Problem as problem:
        db.session.rollback()
        return {"message": labels.not_kept_words(_reason(problem)), "stop": True}, status_of(problem)
    answer = {
        "message": labels.kept_words(clock.now(), found.left_out),
        "version": saved.version,
        "need_ids": found.need_ids(saved, form),
        "form": url_for("support.edit", request_id=saved.id),
        "keep": url_for("support.keep", request_id=saved.id),
    }
    db.session.commit()
    return answer


def _reason(problem: Problem) -> str:
    if isinstance(problem, Stale):
        return _("Der Entwurf wurde inzwischen an anderer Stelle geändert. „Entwurf speichern“ zeigt beide Stände.")
    return describe(problem)


def _form() -> RequestForm:
    """The form with the catalogues to choose from, judged."""
    form = RequestForm()
    form.offer_skills(queries.skills())
    form.offer_services(queries.services_named(form.service_ids.data or ()))
    form.validate()
    return form
