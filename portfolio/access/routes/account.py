"""The own account."""

from flask import render_template

from portfolio.access.guard import requires
from portfolio.access.policy import Action
from portfolio.access.routes.blueprint import bp


@bp.get("/konto")
@requires(Action.USE_OWN_ACCOUNT)
def account() -> str:
    return render_template("access/account.html")
