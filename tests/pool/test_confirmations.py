"""Confirming skills: evidence seen, consent given, by whom and when; gone with the level or the evidence."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from portfolio.access.models import User
from portfolio.access.policy import Role
from portfolio.audit.models import AuditEntry, Verb
from portfolio.extensions import db
from portfolio.pool.models import PersonSkill, Validity
from portfolio.web import clock
from tests import factories
from tests.cast import Cast
from tests.pool.rows import NOW, levels_form
from tests.support.browser import axe_violations
from tests.support.client import Client

ClientOf = Callable[[User], Client]


def address(cast: Cast, step: str = "bestaetigen") -> str:
    return f"/personen/{cast.paul_person.id}/faehigkeiten/{skill(cast).id}/{step}"


def skill(cast: Cast) -> PersonSkill:
    return db.session.scalars(select(PersonSkill).where(PersonSkill.person_id == cast.paul_person.id)).one()


def confirmation(cast: Cast, **changes: str) -> dict[str, str]:
    """What the form sends when everything is filled in."""
    seen = {"evidence": "FIM-Schulung 2025", "day": clock.today().isoformat(), "consent": "y"}
    return seen | {"version": str(cast.paul_person.version)} | changes


def test_evidence_consent_day_and_who_are_kept(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.carla).post(address(cast), data=confirmation(cast))
    row = skill(cast)
    assert answer.status_code == 302
    assert (row.evidence, row.consent, row.confirmed_on) == ("FIM-Schulung 2025", True, clock.today())
    assert row.confirmed_by is cast.carla
    entries = select(AuditEntry).where(AuditEntry.object_type == "person_skill", AuditEntry.verb == Verb.CHANGED)
    entry = db.session.scalars(entries).one()
    assert (entry.person_id, entry.actor_id) == (cast.paul_person.id, cast.carla.id)


def test_the_person_sees_everything_about_it(cast: Cast, client_of: ClientOf) -> None:
    client_of(cast.carla).post(address(cast), data=confirmation(cast))
    paul = client_of(cast.paul)
    for page in (f"/personen/{cast.paul_person.id}", "/konto/meine-daten"):
        text = paul.get(page).text
        for fact in ("FIM-Schulung 2025", f"{clock.today():%d.%m.%Y}", "Carla CIO"):
            assert fact in text, page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"evidence": " "}, "Bitte nennen Sie, was Sie gesehen haben."),
        ({"consent": ""}, "Ohne Einverständnis der Person darf die Fähigkeit nicht bestätigt werden."),
        ({"day": ""}, "Bitte geben Sie den Tag an."),
        ({"day": (clock.today() + timedelta(days=2)).isoformat()}, "Dieser Tag liegt in der Zukunft."),
    ],
)
def test_nothing_is_confirmed_without(cast: Cast, client_of: ClientOf, changes: Any, sentence: str) -> None:
    answer = client_of(cast.carla).post(address(cast), data=confirmation(cast, **changes))
    assert answer.status_code == 422
    assert answer.text.count(sentence) >= 2
    assert skill(cast).confirmed_on is None


@pytest.mark.parametrize(
    ("level", "evidence", "stays"), [(3, "FIM-Schulung 2025", True), (4, "FIM-Schulung 2025", False), (3, "", False)]
)
def test_it_goes_with_the_level_or_the_evidence(
    cast: Cast, client_of: ClientOf, level: int, evidence: str, stays: bool
) -> None:
    client_of(cast.carla).post(address(cast), data=confirmation(cast))
    form = levels_form(cast.paul_person, (cast.fim.id, level, "", NOW + 9, evidence))
    client_of(cast.paul).post(f"/personen/{cast.paul_person.id}/faehigkeiten", data=form)
    row = skill(cast)
    assert (row.confirmed_on is not None, row.confirmed_by_id is not None, row.consent) == (stays, stays, stays)


def test_it_is_taken_back(cast: Cast, client_of: ClientOf) -> None:
    carla = client_of(cast.carla)
    carla.post(address(cast), data=confirmation(cast))
    carla.post(address(cast, "bestaetigung-zuruecknehmen"), data={"version": str(cast.paul_person.version)})
    row = skill(cast)
    assert (row.confirmed_on, row.confirmed_by_id, row.consent, row.evidence) == (
        None,
        None,
        False,
        "FIM-Schulung 2025",
    )


@pytest.mark.parametrize("name", ["konrad", "lea", "paul", "mia", "rita", "anton"])
def test_others_do_not_confirm(cast: Cast, client_of: ClientOf, name: str) -> None:
    client = client_of(cast.users[name])
    assert client.get(address(cast)).status_code == 403
    assert client.post(address(cast), data=confirmation(cast)).status_code == 403


def test_nobody_confirms_their_own_level_or_by_a_wrong_address(cast: Cast, client_of: ClientOf) -> None:
    cast.paul.roles = frozenset({Role.CIO_OFFICE, Role.POOL_MEMBER})
    own = client_of(cast.paul)
    assert own.post(address(cast), data=confirmation(cast)).status_code == 403
    assert f"/faehigkeiten/{skill(cast).id}/bestaetigen" not in own.get(f"/personen/{cast.paul_person.id}").text
    elsewhere = f"/personen/{cast.lea_person.id}/faehigkeiten/{skill(cast).id}/bestaetigen"
    assert client_of(cast.carla).post(elsewhere, data=confirmation(cast)).status_code == 404
    assert skill(cast).confirmed_on is None


def test_a_stale_confirmation_shows_the_level_as_it_is_now(cast: Cast, client_of: ClientOf) -> None:
    form = confirmation(cast)
    cast.paul_person.touch()
    answer = client_of(cast.carla).post(address(cast), data=form)
    assert answer.status_code == 409
    assert skill(cast).confirmed_on is None


@pytest.mark.parametrize(
    ("first", "last", "validity"),
    [
        (None, None, Validity.VALID),
        (1, None, Validity.UPCOMING),
        (None, -1, Validity.ENDED),
        (None, 0, Validity.ENDING),
        (None, 11, Validity.ENDING),
        (None, 12, Validity.VALID),
    ],
)
def test_what_the_weeks_of_a_skill_say_of_now(first: int | None, last: int | None, validity: Validity) -> None:
    weeks = {name: None if shift is None else NOW + shift for name, shift in (("from", first), ("to", last))}
    row = PersonSkill(valid_from_week=weeks["from"], valid_to_week=weeks["to"])
    assert row.validity(NOW) is validity


def test_list_shows_the_skill_asked_for_and_whether_it_is_confirmed(cast: Cast, client_of: ClientOf) -> None:
    better = [factories.skill(f"Andere {number}") for number in range(3)]
    factories.person("Zoe Zeh", skills={cast.fim: 1} | dict.fromkeys(better, 4))
    client_of(cast.carla).post(address(cast), data=confirmation(cast))
    page = client_of(cast.carla).get(f"/personen?skill={cast.fim.id}").text
    assert "FIM-Prozesse 1" in page
    assert 'FIM-Prozesse 3<span aria-hidden="true"> ✓</span>' in page


def test_in_the_browser(page: Page, cast: Cast, sign_in: Callable[[User], None]) -> None:
    sign_in(cast.carla)
    page.goto(f"/personen/{cast.paul_person.id}")
    page.get_by_role("link", name="FIM-Prozesse bestätigen").click()
    assert axe_violations(page) == []
    page.get_by_label("Nachweis").fill("FIM-Schulung 2025")
    page.get_by_label("Die Person ist einverstanden").check()
    page.get_by_role("button", name="Bestätigen").click()
    expect(page.get_by_text("von Carla CIO")).to_be_visible()
    assert axe_violations(page) == []
