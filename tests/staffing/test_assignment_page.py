"""One assignment: what it says to whom, and which steps it can take."""

from typing import Any

import pytest

from portfolio.access.models import Organisation
from portfolio.extensions import db
from portfolio.staffing.models import Assignment, AssignmentState
from tests import factories
from tests.factories import FIRST_WEEK
from tests.staffing.booking import assign, ledger_row
from tests.support.queries import count_queries

_PROPOSED, _REQUESTED, _AGREED, _CONFIRMED, _ENDED, _DECLINED = AssignmentState


@pytest.fixture
def made(cast: Any) -> Assignment:
    """Paul of the finance ministry works for the education ministry, 23 percent."""
    return factories.assignment(cast.paul_person, cast.project, share=23, state=_PROPOSED, to_week=FIRST_WEEK)


def _page(made: Assignment, client: Any) -> Any:
    return client.get(f"/zuordnungen/{made.id}")


def _move(made: Assignment, client: Any, state: str, **fields: str) -> Any:
    return client.post(f"/zuordnungen/{made.id}/stand", data={"state": state, "version": made.version, **fields})


@pytest.mark.parametrize(
    ("who", "status"),
    [("carla", 200), ("konrad", 200), ("lea", 200), ("paul", 200), ("mia", 200), ("otto", 404), ("rita", 403)],
)
def test_who_may_look(cast: Any, client_of: Any, made: Assignment, who: str, status: int) -> None:
    assert _page(made, client_of(cast.users[who])).status_code == status


@pytest.mark.parametrize(("who", "shown"), [("carla", True), ("lea", True), ("paul", True), ("mia", False)])
def test_project_ministry_sees_no_share(cast: Any, client_of: Any, made: Assignment, who: str, shown: bool) -> None:
    assert ("23\u202f%" in _page(made, client_of(cast.users[who])).text) is shown


def test_home_authority_sees_what_it_is_asked(cast: Any, client_of: Any, made: Assignment) -> None:
    otto = client_of(cast.otto)
    before = _page(made, otto).status_code
    made.state = _REQUESTED
    after = _page(made, otto)
    assert (before, after.status_code, "23\u202f%" in after.text) == (404, 200, True)


def test_home_authority_agrees_with_date_and_reference(cast: Any, client_of: Any, made: Assignment) -> None:
    made.state = _REQUESTED
    answer = _move(made, client_of(cast.otto), "agreed", agreed_on="2026-11-30", reference="PE 12/26")
    assert answer.status_code == 302
    assert (made.state, made.agreed_on, made.agreement_reference) == (_AGREED, FIRST_WEEK.monday, "PE 12/26")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"reference": "PE 12/26"}, "Bitte geben Sie an, wann das Einvernehmen erteilt wurde."),
        ({"agreed_on": "30.11.2026"}, "Bitte geben Sie das Aktenzeichen des Einvernehmens an."),
        ({"agreed_on": "01.12.2026", "reference": "A"}, "Das Datum des Einvernehmens liegt in der Zukunft."),
        ({"agreed_on": "gestern", "reference": "A"}, "Bitte ein Datum eingeben, zum Beispiel 23.11.2026."),
    ],
)
def test_agreement_has_to_be_complete(
    cast: Any, client_of: Any, made: Assignment, fields: dict[str, str], sentence: str
) -> None:
    made.state = _REQUESTED
    answer = _move(made, client_of(cast.otto), "agreed", **fields)
    assert (answer.status_code, made.state) == (422, _REQUESTED)
    assert sentence in answer.text


@pytest.mark.parametrize(("who", "state", "told"), [("otto", _REQUESTED, True), ("carla", _REQUESTED, False)])
def test_home_authority_is_told_whom_to_call_to_refuse(
    cast: Any, client_of: Any, made: Assignment, who: str, state: AssignmentState, told: bool
) -> None:
    made.state = state
    page = _page(made, client_of(cast.users[who])).text
    assert ("Soll das Einvernehmen nicht erteilt werden" in page) is told
    assert ('href="mailto:projektpool@example.org"' in page) is told


@pytest.mark.parametrize(
    ("who", "shown"),
    [("carla", True), ("konrad", True), ("lea", True), ("paul", True), ("mia", False), ("otto", False)],
)
def test_who_sees_in_which_weeks_less_is_delivered(
    cast: Any, client_of: Any, made: Assignment, who: str, shown: bool
) -> None:
    """The home authority that is asked sees the share, but not when somebody is away."""
    made.state, made.share = _REQUESTED, 20
    factories.absence(cast.paul_person, FIRST_WEEK.monday, FIRST_WEEK.monday)
    page = _page(made, client_of(cast.users[who])).text
    assert ("In 1 Woche wird weniger geliefert" in page) is shown
    assert ("KW 49/2026 6,4 h statt 8 h" in page) is shown
    assert ("Geliefert nach Wochen" in page) is shown


@pytest.mark.parametrize("state", [_PROPOSED, _REQUESTED, _AGREED, _CONFIRMED])
def test_ending_is_offered_with_a_week_only(
    cast: Any, client_of: Any, made: Assignment, state: AssignmentState
) -> None:
    made.state = state
    page = _page(made, client_of(cast.carla)).text
    assert 'value="ended"' not in page
    assert (f"/zuordnungen/{made.id}/beenden" in page) is (state is _CONFIRMED)


def test_cio_office_enters_an_agreement_of_today(cast: Any, client_of: Any, made: Assignment) -> None:
    made.state = _REQUESTED
    _move(made, client_of(cast.carla), "agreed")
    assert (made.state, made.agreed_on) == (_AGREED, FIRST_WEEK.monday)


def test_the_whole_way(cast: Any, client_of: Any, made: Assignment) -> None:
    carla = client_of(cast.carla)
    for state in (_REQUESTED, _AGREED, _CONFIRMED, _ENDED):
        assert _move(made, carla, state.value).status_code == 302
    assert made.state is _ENDED
    assert ledger_row(cast.paul_person) == (73, 0, 0)


@pytest.mark.parametrize("state", [_PROPOSED, _REQUESTED, _AGREED])
def test_declining_frees_the_weeks(cast: Any, client_of: Any, made: Assignment, state: AssignmentState) -> None:
    made.state = state
    _move(made, client_of(cast.carla), "declined")
    assert (made.state, ledger_row(cast.paul_person)) == (_DECLINED, (50, 0, 0))


@pytest.mark.parametrize(
    ("now", "wanted"),
    [
        (_PROPOSED, _AGREED),
        (_PROPOSED, _ENDED),
        (_CONFIRMED, _DECLINED),
        (_CONFIRMED, _PROPOSED),
        (_ENDED, _CONFIRMED),
        (_DECLINED, _PROPOSED),
        (_PROPOSED, _PROPOSED),
    ],
)
def test_steps_that_do_not_exist(
    cast: Any, client_of: Any, made: Assignment, now: AssignmentState, wanted: AssignmentState
) -> None:
    made.state = now
    answer = _move(made, client_of(cast.carla), wanted.value)
    assert (answer.status_code, made.state) == (409, now)


def test_other_ministrys_staff_need_their_agreement(cast: Any, client_of: Any, made: Assignment) -> None:
    answer = _move(made, client_of(cast.carla), "confirmed")
    assert (answer.status_code, made.state) == (409, _PROPOSED)
    assert "erst muss ihr Einvernehmen vorliegen" in answer.text


@pytest.mark.parametrize("state", [_PROPOSED, _REQUESTED])
def test_within_a_top_authority_it_is_confirmed_directly(
    cast: Any, client_of: Any, made: Assignment, state: AssignmentState
) -> None:
    """Paul's authority and the project's stand two and one steps below the same ministry."""
    office = factories.organisation("AMT", parent_id=cast.education.id)
    cast.paul_person.home_organisation_id = factories.organisation("STELLE", parent_id=office.id).id
    made.state = state
    assert _move(made, client_of(cast.carla), "confirmed").status_code == 302
    assert made.state is _CONFIRMED


def test_somebody_without_home_authority_is_confirmed_directly(cast: Any, client_of: Any, made: Assignment) -> None:
    cast.paul_person.home_organisation_id = None
    _move(made, client_of(cast.carla), "confirmed")
    assert made.state is _CONFIRMED


def test_authorities_above_each_other_in_a_circle_end_somewhere(cast: Any, client_of: Any, made: Assignment) -> None:
    finance = db.session.get_one(Organisation, cast.finance.id)
    finance.parent_id = factories.organisation("KREIS", parent_id=finance.id).id
    assert _move(made, client_of(cast.carla), "confirmed").status_code == 409


@pytest.mark.parametrize(
    ("who", "wanted", "status"),
    [
        ("otto", "confirmed", 403),
        ("otto", "declined", 403),
        ("mia", "agreed", 403),
        ("lea", "agreed", 403),
        ("paul", "agreed", 403),
        ("konrad", "agreed", 403),
        ("rita", "agreed", 403),
    ],
)
def test_wrong_person_takes_no_step(
    cast: Any, client_of: Any, made: Assignment, who: str, wanted: str, status: int
) -> None:
    made.state = _REQUESTED
    answer = _move(made, client_of(cast.users[who]), wanted, agreed_on="2026-11-30", reference="A")
    assert (answer.status_code, made.state) == (status, _REQUESTED)


def test_unknown_state_is_refused(cast: Any, client_of: Any, made: Assignment) -> None:
    assert _move(made, client_of(cast.carla), "vielleicht").status_code == 422


def test_page_offers_the_steps_and_warns(cast: Any, client_of: Any, made: Assignment) -> None:
    page = _page(made, client_of(cast.carla)).text
    assert "Einvernehmen anfragen" in page
    assert "Diese Person ist dem Projekt mehrfach zugeordnet." in page
    assert "Bestätigen" not in page


@pytest.mark.parametrize("who", ["konrad", "lea", "paul", "mia"])
def test_readers_are_offered_no_steps(cast: Any, client_of: Any, made: Assignment, who: str) -> None:
    page = _page(made, client_of(cast.users[who])).text
    assert 'action="/zuordnungen/' not in page
    assert "/bearbeiten" not in page


def test_overrides_are_shown_to_those_who_plan(cast: Any, client_of: Any) -> None:
    made = assign(cast.paul_person, cast.project, cast.carla, "Frist im Dezember", share=60)
    shown = {who: "Frist im Dezember" in _page(made, client_of(cast.users[who])).text for who in ("carla", "lea")}
    assert shown == {"carla": True, "lea": False}


def test_remove(cast: Any, client_of: Any, made: Assignment) -> None:
    answer = client_of(cast.carla).post(f"/zuordnungen/{made.id}/entfernen", data={"version": made.version})
    assert answer.location == f"/projekte/{cast.project.id}"
    assert (db.session.query(Assignment).count(), ledger_row(cast.paul_person)) == (1, (50, 0, 0))


@pytest.mark.parametrize("who", ["konrad", "lea", "paul", "mia", "otto", "rita", "anton"])
def test_nobody_else_removes(cast: Any, client_of: Any, made: Assignment, who: str) -> None:
    assert client_of(cast.users[who]).post(f"/zuordnungen/{made.id}/entfernen").status_code == 403
    assert db.session.get(Assignment, made.id) is not None


def test_query_budget(cast: Any, client_of: Any, made: Assignment) -> None:
    client = client_of(cast.carla)
    db.session.commit()
    with count_queries() as queries:
        _page(made, client)
    assert len(queries) <= 12


@pytest.mark.parametrize(
    ("who", "links"),
    [
        ("carla", "project need person"),
        ("lea", "project need"),
        ("paul", "project person"),  # the own weeks stand in the navigation
        ("mia", "project need"),
        ("otto", ""),
    ],
)
def test_links_lead_only_where_one_may_go(cast: Any, client_of: Any, made: Assignment, who: str, links: str) -> None:
    made.state, made.need_id = _REQUESTED, factories.need(cast.project, cast.fim).id
    client = client_of(cast.users[who])
    page = _page(made, client).text
    targets = {"project": f"/projekte/{cast.project.id}", "need": f"/bedarfe/{made.need_id}"}
    targets["person"] = f"/personen/{made.person_id}"
    found = [name for name, address in targets.items() if f'href="{address}"' in page]
    assert " ".join(found) == links
    assert all(client.get(targets[name]).status_code == 200 for name in found)
