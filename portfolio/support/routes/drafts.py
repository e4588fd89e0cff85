"""The form of a request: a new one, or a draft. Some of its buttons only rework the form and save nothing."""

from collections.abc import Callable
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portfolio.access.guard import current_actor, requires
from portfolio.access.policy import Action
from portfolio.catalogue.models import Service
from portfolio.extensions import db
from portfolio.support import labels, queries, services
from portfolio.support.forms import RequestForm
from portfolio.support.forms.request import entered
from portfolio.support.models import RequestState, SupportRequest
from portfolio.support.routes.blueprint import bp
from portfolio.support.routes.page import load, status_of
from portfolio.support.routes.rows import rework_rows
from portfolio.web import clock
from portfolio.web.conflict import Difference, differences
from portfolio.web.formats import format_day
from portfolio.web.problems import Problem, Stale


@bp.get("/anfragen/neu")
@requires(Action.FILE_REQUESTS)
def create() -> str:
    """An empty form, or one that begins with a template (`?vorlage=`)."""
    form = _form(RequestForm(formdata=None))
    if template := request.args.get("vorlage"):
        rework_rows(form, f"template:{template}")
    return _page(form)


@bp.post("/anfragen/neu")
@requires(Action.FILE_REQUESTS)
def save_new() -> ResponseReturnValue:
    form = _form(RequestForm())
    return _reworked(form, None) or _save(
        form, None, lambda: services.create_draft(form.request_data(), current_actor())
    )


@bp.get("/anfragen/<int:request_id>/bearbeiten")
@requires(Action.READ_REQUESTS)
def edit(request_id: int) -> ResponseReturnValue:
    draft = load(request_id, Action.FILE_REQUESTS)
    if draft.state is not RequestState.DRAFT:
        return redirect(url_for("support.request", request_id=request_id))
    return _page(_form(_stored(draft)), draft)


@bp.post("/anfragen/<int:request_id>/bearbeiten")
@requires(Action.READ_REQUESTS)
def save(request_id: int) -> ResponseReturnValue:
    draft = load(request_id, Action.FILE_REQUESTS)
    form = _form(RequestForm())

    def change() -> SupportRequest:
        services.change_draft(draft, form.request_data())
        return draft

    return _reworked(form, draft) or _save(form, draft, change)


@bp.post("/anfragen/zeitplan")
@requires(Action.FILE_REQUESTS)
def preview() -> str:
    """The timeline of what stands in the form; nothing is saved."""
    form = _form(RequestForm())
    return render_template("support/_form_timeline.html", schedule=form.schedule(form.deadline.data))


def _save(form: RequestForm, draft: SupportRequest | None, write: Callable[[], SupportRequest]) -> ResponseReturnValue:
    """Save the draft, submit it where that was the button, and show the request; else the form as it was typed."""
    if not form.validate_on_submit():
        return _page(form, draft), 422
    submitted = request.form.get("step") == "submit"
    try:
        if draft is not None and form.is_stale(draft.version):
            raise Stale
        saved = write()
        if submitted:
            services.submit(saved)
    except Problem as problem:
        return _refused(form, draft, problem)
    db.session.commit()
    flash(_("Die Anfrage ist eingereicht.") if submitted else _("Der Entwurf ist gespeichert."), "success")
    _warn(form.deadline.data)
    return redirect(url_for("support.request", request_id=saved.id))


def _refused(form: RequestForm, draft: SupportRequest | None, problem: Problem) -> ResponseReturnValue:
    request_id = draft.id if draft else None
    db.session.rollback()
    fresh = load(request_id, Action.READ_REQUESTS) if request_id else None
    if not isinstance(problem, Stale) or fresh is None:
        form.refuse(problem)
        return _page(form, fresh), status_of(problem)
    form.version.data = str(fresh.version)
    return _page(form, fresh, differences(_form(_stored(fresh)), form)), status_of(problem)


def _reworked(form: RequestForm, draft: SupportRequest | None) -> ResponseReturnValue | None:
    """The form again, with rows added or removed or services found, where such a button was pressed."""
    step = request.form.get("step", "")
    text = form.service_query.data or ""
    if step == "preview":
        return _page(form, draft)
    if step == "search" or (step == "enter" and text.strip()):
        return _page(form, draft, found=queries.services_found(text))
    return _page(form, draft) if rework_rows(form, step) else None


def _stored(draft: SupportRequest) -> RequestForm:
    return RequestForm(formdata=None, data=entered(draft))


def _form(form: RequestForm) -> RequestForm:
    """With the catalogues to choose from."""
    form.offer_skills(queries.skills())
    form.offer_services(queries.services_named(form.service_ids.data or ()))
    return form


def _page(
    form: RequestForm,
    draft: SupportRequest | None = None,
    conflicts: list[Difference] | None = None,
    found: list[Service] | None = None,
) -> str:
    return render_template(
        "support/form.html",
        form=form,
        draft=draft,
        conflicts=conflicts,
        found=found,
        templates=queries.template_names(),
        schedule=form.schedule(form.deadline.data),
        labels=labels,
    )


def _warn(deadline: date | None) -> None:
    if deadline is not None and deadline < clock.today():
        flash(
            _("Die Frist %(day)s liegt in der Vergangenheit. Bitte prüfen Sie sie.", day=format_day(deadline)),
            "warning",
        )
