"""The risk register over the API, for those who keep it."""

from typing import Any

import pytest

from portfolio.projects.models import RiskState
from tests import factories

TYPED = {"title": "Vergabe dauert", "likelihood": "medium", "impact": "high"}


@pytest.mark.parametrize(
    ("name", "listed", "created"),
    [("carla", 200, 201), ("konrad", 200, 201), ("lea", 200, 201), ("mia", 403, 403), ("paul", 403, 403)],
)
def test_who_lists_and_enters(cast: Any, api: Any, name: str, listed: int, created: int) -> None:
    factories.risk(cast.project, state=RiskState.CLOSED)
    client = api(cast.users[name])
    answers = client.get("projects/1/risks"), client.post("projects/1/risks", TYPED)
    assert [answer.status_code for answer in answers] == [listed, created]


def test_changed_and_removed(cast: Any, api: Any) -> None:
    risk, lea = factories.risk(cast.project), api(cast.lea)
    changed = lea.patch(f"projects/1/risks/{risk.id}", {"state": "closed"}, version=1).get_json()
    assert (changed["state"], changed["title"]) == ("closed", "Vergabe dauert")
    assert lea.delete(f"projects/1/risks/{risk.id}", version=changed["version"]).status_code == 204
