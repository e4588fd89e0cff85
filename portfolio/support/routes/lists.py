"""The list of requests."""

from flask import render_template, request

from portfolio.access.guard import current_actor, requires
from portfolio.access.policy import Action, allowed
from portfolio.support import labels, queries
from portfolio.support.forms import FilterForm
from portfolio.support.routes.blueprint import bp
from portfolio.web.paging import page_of


@bp.get("/anfragen", endpoint="requests")
@requires(Action.READ_REQUESTS)
def show_requests() -> str:
    actor = current_actor()
    form = FilterForm(request.args)
    form.offer(queries.organisations_with_requests(actor))
    chosen = form.chosen()
    found = queries.matching(queries.requests_visible_to(actor), **chosen)
    rows = queries.ordered(queries.listed(found), request.args.get("sort", ""))
    return render_template(
        "support/requests.html",
        form=form,
        page=page_of(rows),
        filtered=any(chosen.values()),
        may_file=allowed(actor, Action.FILE_REQUESTS),
        labels=labels,
    )
