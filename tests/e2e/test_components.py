"""The modules of static/js, each on a page of its own under the product's security policy."""

import re
from collections.abc import Callable
from typing import Any

import plotly.graph_objects as go
import pytest
from flask import Flask, render_template_string
from playwright.sync_api import Page, Route, expect
from wtforms import FieldList, Form, FormField, IntegerField, SelectMultipleField

from portfolio.web.security import HEADERS
from tests.support.browser import axe_violations

Show = Callable[..., None]
PAGE = (
    "{{% extends 'base.html' %}}{{% block title %}}Probe{{% endblock %}}"
    "{{% block content %}}<h1>Probe</h1>{}{{% endblock %}}"
)
WEEKS = ["KW 48", "KW 49", "KW 50"]


class NeedForm(Form):
    share = IntegerField("Anteil")


class ProbeForm(Form):
    services = SelectMultipleField("Leistungen", choices=[], validate_choice=False)
    needs = FieldList(FormField(NeedForm), "Bedarf", min_entries=1)


@pytest.fixture
def show(app: Flask, page: Page) -> Show:
    """Open a page whose content is the given template."""

    def open_probe(content: str, **context: Any) -> None:
        with app.test_request_context("/probe"):
            html = render_template_string(PAGE.format(content), **context)
        page.route("**/probe", lambda route: route.fulfill(body=html, content_type="text/html", headers=HEADERS))
        page.goto("/probe")

    return open_probe


CHART = (
    "{% from 'components/chart.html' import chart %}"
    "{% call chart('probe', figure, 'Auslastung') %}<table></table>{% endcall %}"
)
TRACES = {
    "bar": go.Bar(x=WEEKS, y=[1, 2, 3]),
    "scatter": go.Scatter(x=WEEKS, y=[1, 2, 3], line={"color": "var(--chart-danger)"}),
    "heatmap": go.Heatmap(x=WEEKS, y=["A", "B"], z=[[1, 2, 3], [3, 2, 1]]),
}


@pytest.mark.parametrize(("kind", "drawn"), [("bar", ".bars path"), ("scatter", ".js-line"), ("heatmap", ".hm image")])
def test_chart_is_drawn_under_the_security_policy(show: Show, page: Page, kind: str, drawn: str) -> None:
    show(CHART, figure=go.Figure(TRACES[kind]).to_plotly_json())

    expect(page.locator(f"#probe {drawn}").first).to_be_visible()


def test_chart_redraws_when_the_theme_changes(show: Show, page: Page) -> None:
    show(CHART, figure=go.Figure(TRACES["scatter"]).to_plotly_json())
    expect(page.locator("#probe .js-line")).to_have_css("stroke", "rgb(192, 40, 30)")

    page.emulate_media(color_scheme="dark")

    expect(page.locator("#probe .js-line")).to_have_css("stroke", "rgb(255, 141, 130)")


PICKER = (
    "{% from 'components/picker.html' import picker %}<form class='form'>{{ picker(form.services, '/suche') }}</form>"
)
FOUND = {"items": [{"id": 1, "label": "Wohngeld"}, {"id": 2, "label": "Kindergeld", "hint": "99 041"}]}


def answer(route: Route) -> None:
    route.fulfill(json=FOUND)


def test_picker_is_used_by_keyboard(show: Show, page: Page) -> None:
    page.route("**/suche?q=geld", answer)
    show(PICKER, form=ProbeForm())
    search = page.get_by_role("combobox", name="Leistungen")

    search.press_sequentially("geld")
    expect(page.get_by_role("option")).to_have_count(2)
    search.press("ArrowDown")
    search.press("ArrowDown")
    search.press("Enter")

    expect(page.get_by_role("button", name="Kindergeld entfernen")).to_be_visible()
    assert page.evaluate("new FormData(document.querySelector('form.form')).getAll('services')") == ["2"]


def test_picker_is_accessible_while_open(show: Show, page: Page) -> None:
    page.route("**/suche?q=geld", answer)
    show(PICKER, form=ProbeForm())

    page.get_by_role("combobox", name="Leistungen").press_sequentially("geld")
    expect(page.get_by_role("option")).to_have_count(2)

    assert axe_violations(page) == []


ROWS = (
    "{% from 'components/rows.html' import rows %}<form>{{ rows(form.needs, 'Bedarfe', 'Bedarf hinzufügen') }}</form>"
)


def test_rows_are_added_empty_and_numbered(show: Show, page: Page) -> None:
    show(ROWS, form=ProbeForm(data={"needs": [{"share": 40}]}))

    page.get_by_role("button", name="Bedarf hinzufügen").click()

    expect(page.locator("[name='needs-0-share']")).to_have_value("40")
    expect(page.locator("[name='needs-1-share']")).to_have_value("")
    expect(page.locator("[name='needs-1-share']")).to_be_focused()


def test_rows_close_ranks_when_one_goes(show: Show, page: Page) -> None:
    show(ROWS, form=ProbeForm(data={"needs": [{"share": 40}, {"share": 60}]}))

    page.get_by_role("button", name="Entfernen").first.click()

    expect(page.locator("[name='needs-0-share']")).to_have_value("60")
    expect(page.get_by_role("button", name="Entfernen")).to_be_hidden()


TABLE = (
    "{% from 'components/table.html' import region %}{% call region('Probe') %}<table class='kern-table'>"
    "<thead><tr><th scope='col'>Projekt</th><th scope='col'>Phase</th><th scope='col'>Zeitraum</th></tr></thead>"
    "<tbody><tr><th scope='row'>Wohngeld online beantragen</th><td>Umsetzung</td>"
    "<td class='nowrap'>06.07.2026 – 23.05.2027</td></tr></tbody></table>{% endcall %}"
)
NAME_OF_CELL = "cell => getComputedStyle(cell, '::before').content"


def test_table_too_wide_for_a_telephone_becomes_cards_that_name_their_columns(show: Show, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 900})
    show(TABLE)
    cell = page.get_by_text("Umsetzung")

    expect(page.locator(".stacked")).to_have_class(re.compile(r"\bfits\b"))
    assert cell.evaluate(NAME_OF_CELL) == '"Phase"'

    page.set_viewport_size({"width": 1280, "height": 900})
    expect(page.locator(".stacked")).to_have_count(0)
    assert cell.evaluate(NAME_OF_CELL) == "none"
