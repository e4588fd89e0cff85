"""Lists: pages in a stable order, and a number of queries that does not grow with the rows."""

from typing import Any

import pytest

from portfolio.extensions import db
from tests import factories
from tests.support.queries import count_queries


def test_pages_hold_everything_once(cast: Any, api: Any) -> None:
    for _ in range(7):
        factories.organisation()
    pages = [api(cast.mia).get(f"organisations?page={number}&per_page=4").get_json() for number in (1, 2, 3, 4)]
    assert [(page["total"], page["page"], page["per_page"]) for page in pages] == [(9, n, 4) for n in (1, 2, 3, 4)]
    ids = [item["id"] for page in pages for item in page["items"]]
    assert (len(ids), ids) == (9, sorted(set(ids)))


def test_new_rows_do_not_move_old_pages(cast: Any, api: Any) -> None:
    for number in range(4):
        factories.organisation(name=f"M{number}")
    first = api(cast.mia).get("organisations?per_page=3").get_json()["items"]
    factories.organisation(name="A")
    assert api(cast.mia).get("organisations?per_page=3").get_json()["items"] == first


def test_default_page(cast: Any, api: Any) -> None:
    page = api(cast.mia).get("organisations").get_json()
    assert (page["page"], page["per_page"], page["total"], len(page["items"])) == (1, 50, 2, 2)


def test_largest_page(cast: Any, api: Any) -> None:
    assert api(cast.mia).get("organisations?per_page=500").status_code == 200


@pytest.mark.parametrize("path", ["organisations", "persons"])
def test_number_of_queries_does_not_grow(cast: Any, api: Any, path: str) -> None:
    carla = api(cast.carla)
    db.session.commit()
    with count_queries() as few:
        carla.get(path)
    for _ in range(5):
        factories.person(skills={cast.fim: 1}, home_organisation_id=factories.organisation().id)
    db.session.commit()
    with count_queries() as many:
        assert len(carla.items(path)) >= 5
    assert len(many) == len(few) <= 6
