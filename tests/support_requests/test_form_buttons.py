"""Buttons of the form that rework it and save nothing: rows, templates, services found."""

from collections.abc import Callable
from typing import Any

import pytest

from portfolio.extensions import db
from portfolio.support.models import SupportRequest
from tests import factories
from tests.cast import Cast
from tests.support.client import Client
from tests.support_requests import forms

NEW = "/anfragen/neu"


@pytest.fixture
def mia(client_of: Callable[[Any], Client], cast: Cast) -> Client:
    return client_of(cast.mia)


def nothing_stored() -> bool:
    return db.session.query(SupportRequest).count() == 0


def test_buttons_add_and_remove_rows_without_saving(mia: Client, cast: Cast) -> None:
    two = forms.whole(cast.fim, step="add") | forms.need(cast.fim, 1, share=77)

    added = mia.post(NEW, data=two)
    removed = mia.post(NEW, data=two | {"step": "remove:0"})

    assert 'name="needs-2-skill_id"' in added.text
    assert 'name="needs-1-skill_id"' not in removed.text
    assert 'name="needs-0-share" type="number" value="77"' in removed.text
    assert nothing_stored()


def test_template_adds_its_rows_behind_what_was_typed(mia: Client, cast: Cast) -> None:
    thavel = factories.skill("ThAVEL")
    template = factories.need_template("Standardteam", thavel, cast.fim)

    answer = mia.post(NEW, data=forms.whole(cast.fim, step=f"template:{template.id}") | forms.need(cast.fim, share=77))

    assert 'name="needs-0-share" type="number" value="77"' in answer.text
    assert [f'name="needs-{number}-skill_id"' in answer.text for number in range(4)] == [True, True, True, False]
    assert "2 Bedarfe aus „Standardteam“ ergänzt." in answer.text
    assert nothing_stored()


@pytest.mark.parametrize("typed", [{"from_week": "Unsinn"}, {"level": 4}, {"mandatory": "y"}, {"kind": "volume"}])
def test_template_leaves_rows_in_which_anything_was_entered(mia: Client, cast: Cast, typed: dict[str, Any]) -> None:
    template = factories.need_template("Standardteam", cast.fim)
    row = forms.need(cast.fim, **{"skill_id": "", "share": ""} | typed)

    answer = mia.post(NEW, data=forms.whole(cast.fim, step=f"template:{template.id}") | row)

    assert 'name="needs-1-skill_id"' in answer.text


def test_template_takes_the_place_of_empty_rows(mia: Client, cast: Cast) -> None:
    template = factories.need_template("Standardteam", cast.fim)

    answer = mia.post(NEW, data={"title": "Bleibt stehen", "step": f"template:{template.id}"})

    assert 'name="needs-1-skill_id"' not in answer.text
    assert "Bleibt stehen" in answer.text


def test_what_does_not_fit_is_said(mia: Client, cast: Cast) -> None:
    template = factories.need_template("Standardteam", cast.fim, cast.fim)
    rows = {name: value for number in range(59) for name, value in forms.need(cast.fim, number).items()}

    answer = mia.post(NEW, data=forms.whole(cast.fim, step=f"template:{template.id}") | rows)

    assert "Für 1 weitere ist kein Platz: höchstens 60 Bedarfe." in answer.text


@pytest.mark.parametrize("which", ["99999999999999", "unsinn", ""])
def test_template_that_is_gone_changes_nothing(mia: Client, cast: Cast, which: str) -> None:
    answer = mia.post(NEW, data=forms.whole(cast.fim, step=f"template:{which}"))

    assert "Diese Vorlage gibt es nicht mehr." in answer.text
    assert nothing_stored()


def test_request_can_begin_with_a_template(mia: Client, cast: Cast) -> None:
    template = factories.need_template("Standardteam", cast.fim, cast.fim)

    page = mia.get(f"{NEW}?vorlage={template.id}").text

    assert 'name="needs-1-share" type="number" value="40"' in page


def test_services_are_found_without_javascript(mia: Client, cast: Cast) -> None:
    chosen, found = factories.service("Elterngeld"), factories.service("Wohngeld Bewilligung")
    typed = {"service_ids": [chosen.id], "service_query": "wohn", "step": "search"}

    answer = mia.post(NEW, data=forms.whole(cast.fim) | typed)

    assert f'name="service_ids" value="{found.id}"' in answer.text
    assert f'<option selected value="{chosen.id}">Elterngeld' in answer.text
    assert nothing_stored()


def test_enter_in_the_search_field_searches(mia: Client, cast: Cast) -> None:
    answer = mia.post(NEW, data=forms.whole(cast.fim, service_query="nichts davon", step="enter"))

    assert "0 Treffer" in answer.text
    assert nothing_stored()
