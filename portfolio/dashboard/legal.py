"""The legal pages; what reads across domains stands beside, one folder each."""

from flask import render_template

from portfolio.access.guard import public
from portfolio.dashboard.blueprint import bp


@bp.get("/barrierefreiheit")
@public
def accessibility() -> str:
    return render_template("dashboard/accessibility.html")


@bp.get("/datenschutz")
@public
def privacy() -> str:
    return render_template("dashboard/privacy.html")


@bp.get("/impressum")
@public
def imprint() -> str:
    return render_template("dashboard/imprint.html")


@bp.get("/funktionsliste")
@public
def functions() -> str:
    return render_template("dashboard/functions.html")
