"""The change log, each entry for those who may read it."""

from flask import render_template, request

from portfolio.access import queries
from portfolio.access.changes import in_words
from portfolio.access.forms.changes import ChangeFilterForm
from portfolio.access.guard import current_actor, requires
from portfolio.access.policy import Action
from portfolio.audit.routes import bp
from portfolio.web.paging import page_of


@bp.get("/aenderungen")
@requires(Action.READ_AUDIT_LOG)
def log() -> str:
    actor = current_actor()
    form = ChangeFilterForm(request.args, queries.changers(actor))
    page = page_of(queries.changes_visible_to(actor, form.wanted()))
    plainly = queries.readable_entries(actor, [entry.id for entry in page.items])
    return render_template("audit/log.html", form=form, page=page, entries=in_words(page.items, plainly))
