"""Need templates: everybody reads them, the CIO office and the administration change them."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from portfolio.audit.models import AuditEntry
from portfolio.extensions import db
from portfolio.planning.problem import NeedKind
from portfolio.support.models import NeedTemplate
from tests import factories
from tests.cast import Cast
from tests.support.client import Client
from tests.support.queries import count_queries
from tests.support_requests import forms

ClientOf = Callable[[Any], Client]
LIST = "/bedarfsvorlagen"
NEW = f"{LIST}/neu"


def whole(cast: Cast, **values: Any) -> dict[str, Any]:
    return {"name": "Standardteam Formular"} | forms.need(cast.fim) | values


def names() -> list[str]:
    return [template.name for template in db.session.query(NeedTemplate).order_by(NeedTemplate.sort_key)]


def test_everybody_reads_them(client_of: ClientOf, cast: Cast) -> None:
    factories.need_template("Standardteam Online-Antrag", cast.fim)

    for name, user in cast.users.items():
        page = client_of(user).get(LIST).text
        assert ("Standardteam Online-Antrag" in page, "FIM-Prozesse" in page) == (True, True)
        assert ("Bearbeiten" in page) is (name in ("carla", "anton"))
        assert ("Anfrage damit beginnen" in page) is (name == "mia" or name == "otto")


@pytest.mark.parametrize("name", ["carla", "anton"])
def test_creating_changing_and_deleting(client_of: ClientOf, cast: Cast, name: str) -> None:
    client = client_of(cast.users[name])
    volume = forms.need(cast.fim, 1, kind="volume", person_days=12, share=30, mandatory="y")

    client.post(NEW, data=whole(cast) | volume)
    template = db.session.query(NeedTemplate).one()
    client.post(f"{LIST}/{template.id}/bearbeiten", data=whole(cast, name="Kürzer", version="1"))

    assert (template.name, [row.share for row in template.rows], template.version) == ("Kürzer", [40], 2)
    client.post(f"{LIST}/{template.id}/loeschen", data={"version": "2"})
    assert names() == []


def test_rows_keep_their_order_and_kind(client_of: ClientOf, cast: Cast) -> None:
    other = factories.skill("Abnahme")
    volume = forms.need(other, 1, kind="volume", person_days=12, share=30, mandatory="y")

    client_of(cast.carla).post(NEW, data=whole(cast) | volume)

    first, second = db.session.query(NeedTemplate).one().rows
    assert (first.skill, first.kind, first.person_days) == (cast.fim, NeedKind.STEADY, None)
    assert (second.skill, second.kind, second.person_days, second.mandatory) == (other, NeedKind.VOLUME, 12, True)


@pytest.mark.parametrize("name", ["konrad", "lea", "paul", "mia", "rita"])
def test_others_change_none(client_of: ClientOf, cast: Cast, name: str) -> None:
    template, client = factories.need_template("Team", cast.fim), client_of(cast.users[name])

    assert client.get(NEW).status_code == 403
    for address in (NEW, f"{LIST}/{template.id}/bearbeiten", f"{LIST}/{template.id}/loeschen"):
        assert client.post(address, data=whole(cast)).status_code == 403
    assert names() == ["Team"]


BAD_INPUT = {
    "name": ({"name": " "}, "Bitte geben Sie einen Namen ein."),
    "long": ({"name": "x" * 201}, "höchstens 200 Zeichen"),
    "taken": ({"name": "TEAM"}, "Diesen Namen hat schon eine andere Vorlage."),
    "skill": ({"needs-0-skill_id": ""}, "Bitte wählen Sie eine Fähigkeit."),
    "share": ({"needs-0-share": "101"}, "zwischen 1 und 100 Prozent"),
    "days": ({"needs-0-kind": "volume"}, "Bitte geben Sie die Personentage an."),
    "rows": ({"needs-0-skill_id": "", "needs-0-share": ""}, "mindestens einen Bedarf"),
}


@pytest.mark.parametrize("case", BAD_INPUT)
def test_bad_input_is_explained_at_the_field_and_on_top(client_of: ClientOf, cast: Cast, case: str) -> None:
    factories.need_template("Team", cast.fim)
    change, sentence = BAD_INPUT[case]

    answer = client_of(cast.carla).post(NEW, data=whole(cast) | change)

    assert answer.status_code == 422
    assert answer.text.count(sentence) >= 2
    assert names() == ["Team"]


def test_buttons_rework_the_rows_and_save_nothing(client_of: ClientOf, cast: Cast) -> None:
    carla, two = client_of(cast.carla), whole(cast) | forms.need(cast.fim, 1, share=77)

    added = carla.post(NEW, data=two | {"step": "add"}).text
    removed = carla.post(NEW, data=two | {"step": "remove:0"}).text

    assert 'name="needs-2-skill_id"' in added
    assert re.search('name="needs-0-share"[^>]*value="77"', removed)
    assert names() == []


def test_second_editor_sees_both_and_overwrites_nothing(client_of: ClientOf, cast: Cast) -> None:
    template, carla = factories.need_template("Team", cast.fim), client_of(cast.carla)
    address = f"{LIST}/{template.id}/bearbeiten"
    carla.post(address, data=whole(cast, name="Stand der Kollegin", version="1"))

    answer = carla.post(address, data=whole(cast, name="Meine Eingabe", version="1"))

    assert answer.status_code == 409
    assert "<td>Stand der Kollegin</td><td>Meine Eingabe</td>" in answer.text
    assert carla.post(f"{LIST}/{template.id}/loeschen", data={"version": "1"}).status_code == 409
    assert names() == ["Stand der Kollegin"]


@pytest.mark.parametrize("path", ["bearbeiten", "loeschen"])
def test_missing_one_is_404(client_of: ClientOf, cast: Cast, path: str) -> None:
    assert client_of(cast.carla).post(f"{LIST}/4711/{path}", data=whole(cast)).status_code == 404


def test_change_log_tells_the_administration_too(client_of: ClientOf, cast: Cast) -> None:
    client_of(cast.carla).post(NEW, data=whole(cast))

    page = client_of(cast.anton).get("/aenderungen").text

    assert "Bedarfsvorlage „Standardteam Formular“" in page
    assert db.session.query(AuditEntry).filter_by(object_type="need_template_row").count() == 1


def test_queries_do_not_grow_with_the_templates(client_of: ClientOf, cast: Cast) -> None:
    carla, counts = client_of(cast.carla), []
    for total in (1, 20):
        for number in range(total):
            factories.need_template(f"Team {total}-{number}", factories.skill(), cast.fim)
        db.session.commit()
        with count_queries() as queries:
            carla.get(LIST)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 12
