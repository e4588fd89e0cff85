"""What pages rely on when they use the macros of templates/components."""

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import html5lib
import pytest
from flask import Flask, render_template_string
from flask_sqlalchemy.pagination import Pagination
from wtforms import FieldList, Form, FormField, IntegerField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange

pytestmark = pytest.mark.only("sqlite")

Parse = Callable[..., ElementTree.Element]


class NeedForm(Form):
    share = IntegerField("Anteil", [NumberRange(1, 100, "Der Anteil liegt zwischen 1 und 100 Prozent.")])


class RequestForm(Form):
    title = StringField("Titel", [InputRequired("Bitte geben Sie einen Titel an.")], description="Kurz und klar.")
    light = RadioField("Ampel", choices=[SelectChoice("g", "Grün")], validators=[InputRequired("Bitte wählen Sie.")])
    needs = FieldList(FormField(NeedForm), "Bedarf", min_entries=2)


class Rows(Pagination):
    def _query_items(self) -> list[Any]:
        return list(range(25))

    def _query_count(self) -> int:
        return 163


@pytest.fixture
def parse(app: Flask) -> Parse:
    def render(template: str, url: str = "/", **context: Any) -> ElementTree.Element:
        with app.test_request_context(url):
            return html5lib.parse(render_template_string(template, **context), namespaceHTMLElements=False)

    return render


def failed_form() -> RequestForm:
    form = RequestForm()
    form.needs[1].share.data = 500
    form.validate()
    return form


def test_error_summary_links_every_error_to_its_field(parse: Parse) -> None:
    form = failed_form()

    page = parse(
        "{% from 'components/errors.html' import error_summary %}"
        "{% from 'components/field.html' import fields, field %}"
        "{{ error_summary(form) }}{{ fields(form, ['title', 'light']) }}{{ field(form.needs[1].share) }}",
        form=form,
    )

    targets = {link.get("href", "").removeprefix("#") for link in page.iter("a")}
    ids = {element.get("id") for element in page.iter() if element.get("id")}
    assert {"title", "light-0", "needs-1-share"} <= targets & ids


def test_field_ties_hint_and_error_to_its_input(parse: Parse) -> None:
    page = parse("{% from 'components/field.html' import field %}{{ field(form.title) }}", form=failed_form())

    control = next(page.iter("input"))
    texts = {element.get("id"): "".join(element.itertext()) for element in page.iter("p")}
    described = " ".join(texts[name] for name in control.get("aria-describedby", "").split())
    assert control.get("aria-invalid") == "true"
    assert described == "Kurz und klar. Bitte geben Sie einen Titel an."


def test_required_is_said_in_words(parse: Parse) -> None:
    page = parse("{% from 'components/field.html' import field %}{{ field(form.title) }}", form=RequestForm())

    assert "".join(next(page.iter("label")).itertext()) == "Titel (erforderlich)"


PAGES = "{% from 'components/pagination.html' import pagination %}{{ pagination(rows) }}"


def test_pagination_keeps_the_other_arguments(parse: Parse) -> None:
    page = parse(PAGES, "/?phase=pilot&page=2", rows=Rows(page=2, per_page=25))

    forward = next(link for link in page.iter("a") if link.get("rel") == "next")
    assert forward.get("href") == "/?phase=pilot&page=3"


def test_pagination_counts_in_words(parse: Parse) -> None:
    page = parse(PAGES, rows=Rows(page=2, per_page=25))

    assert "".join(next(page.iter("p")).itertext()) == "Seite 2 von 7, 163 Einträge"


def test_arguments_never_choose_the_scheme_of_a_link(parse: Parse) -> None:
    page = parse(PAGES, "/?_scheme=javascript&_external=1", rows=Rows(page=1, per_page=25))

    assert {link.get("href", "")[0] for link in page.iter("a")} == {"/"}


@pytest.mark.parametrize(
    ("now", "direction", "following"),
    [("", None, "/?sort=title"), ("title", "ascending", "/?sort=-title"), ("-title", "descending", "/?sort=title")],
)
def test_sorted_column_says_its_direction(parse: Parse, now: str, direction: str | None, following: str) -> None:
    template = (
        "{% from 'components/filters.html' import sort_th %}<table><tr>{{ sort_th('Titel', 'title') }}</tr></table>"
    )

    page = parse(template, f"/?sort={now}&page=3")

    assert next(page.iter("th")).get("aria-sort") == direction
    assert next(page.iter("a")).get("href") == following


def test_confirmed_action_asks_before_its_button(parse: Parse) -> None:
    page = parse(
        "{% from 'components/button.html' import post %}"
        "{{ post('/x', 'Löschen', confirm='Wirklich?', fields={'a': 1}) }}"
    )

    asking = next(page.iter("details"))
    assert list(page.iter("button")) == list(asking.iter("button"))
    assert "Wirklich?" in "".join(asking.itertext())
    assert {field.get("name") for field in page.iter("input")} == {"csrf_token", "a"}


def test_chart_data_cannot_close_its_script(parse: Parse) -> None:
    template = (
        "{% from 'components/chart.html' import chart %}"
        "{% call chart('c', figure, 'Titel') %}<table></table>{% endcall %}"
    )

    page = parse(template, figure={"title": "</script><img src=x>"})

    assert list(page.iter("img")) == []


def test_week_strip_says_its_numbers(parse: Parse) -> None:
    template = (
        "{% from 'components/weeks.html' import week_bar %}{{ week_bar(['KW 48', 'KW 49'], [40, 80], [80, 80]) }}"
    )

    page = parse(template)

    strip = next(element for element in page.iter() if element.get("role") == "img")
    assert strip.get("aria-label") == "KW 48 bis KW 49: im Mittel 60 %, höchstens 80 %"
