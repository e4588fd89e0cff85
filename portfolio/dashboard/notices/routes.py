"""The page of one's own notices. Opening what a notice is about writes nothing; that it was read, a button says."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portfolio.access.guard import current_actor, get_or_404, requires
from portfolio.access.policy import Action
from portfolio.dashboard.blueprint import bp
from portfolio.dashboard.notices.sight import in_words
from portfolio.extensions import db
from portfolio.notify import queries, services
from portfolio.web.paging import page_of


@bp.get("/hinweise")
@requires(Action.USE_OWN_ACCOUNT)
def notices() -> str:
    """Those not read yet, or all of them."""
    actor, everything = current_actor(), request.args.get("alle") == "y"
    page = page_of(queries.notices_of(actor.user_id, unread_only=not everything))
    return render_template(
        "dashboard/notices.html", page=page, lines=in_words(page.items, actor), everything=everything
    )


@bp.post("/hinweise/<int:notice_id>/gelesen")
@requires(Action.USE_OWN_ACCOUNT)
def read_notice(notice_id: int) -> ResponseReturnValue:
    services.mark_read(get_or_404(queries.notices_of(current_actor().user_id), notice_id))
    db.session.commit()
    return _back()


@bp.post("/hinweise/gelesen")
@requires(Action.USE_OWN_ACCOUNT)
def read_notices() -> ResponseReturnValue:
    services.mark_all_read(current_actor().user_id)
    db.session.commit()
    flash(_("Alle Hinweise sind als gelesen markiert."), "success")
    return _back()


def _back() -> ResponseReturnValue:
    """To the list the button stood in; its page may be gone, so to its beginning."""
    return redirect(url_for("dashboard.notices", alle=request.args.get("alle")), 303)
