"""The list of requests, and the same as a file."""

from typing import Any

from flask import Response, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import Select

from portfolio.access.guard import current_actor, requires
from portfolio.access.policy import Action, allowed
from portfolio.audit.exports import exported
from portfolio.extensions import db
from portfolio.support import labels, queries
from portfolio.support.export import requests_table
from portfolio.support.forms import FilterForm
from portfolio.support.models import SupportRequest
from portfolio.support.routes.blueprint import bp
from portfolio.web.paging import page_of
from portfolio.web.transactions import writes_access_log


@bp.get("/anfragen", endpoint="requests")
@requires(Action.READ_REQUESTS)
def show_requests() -> str:
    form = _filter_form()
    return render_template(
        "support/requests.html",
        form=form,
        page=page_of(queries.ordered(queries.listed(_found(form)), _sort())),
        filtered=any(form.chosen().values()),
        may_file=allowed(current_actor(), Action.FILE_REQUESTS),
        downloads=[url_for("support.requests_file", kind=kind, **_asked()) for kind in ("csv", "xlsx")],
        labels=labels,
    )


@bp.get("/anfragen.<any(csv,xlsx):kind>")
@requires(Action.READ_REQUESTS)
@writes_access_log
def requests_file(kind: str) -> Response:
    """All pages of the list, filtered and sorted like it."""
    table = requests_table(_found(_filter_form()), _sort())
    answer = exported(table, kind, _("anfragen"), "support_request")
    db.session.commit()
    return answer


def _filter_form() -> FilterForm:
    form = FilterForm(request.args)
    form.offer(queries.organisations_with_requests(current_actor()))
    return form


def _found(form: FilterForm) -> Select[SupportRequest]:
    return queries.matching(queries.requests_visible_to(current_actor()), **form.chosen())


def _sort() -> str:
    return request.args.get("sort", "")


def _asked() -> dict[str, Any]:
    """What of the address narrows and sorts the list."""
    return {name: value for name in ("q", "state", "organisation_id", "sort") if (value := request.args.get(name))}
