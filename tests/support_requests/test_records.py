"""The record of each decision: what it keeps, by page and by API, that nobody changes it, and who reads what of it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DBAPIError

from portfolio.access.models import User
from portfolio.audit.models import AuditDetail, AuditEntry
from portfolio.extensions import db
from portfolio.planning.choices import Choice
from portfolio.planning.shortage import ShortageKind
from portfolio.support.facts import Facts
from portfolio.support.models import Decision, Outcome, RequestState, Rule, SupportRequest
from portfolio.web.plain import digest, from_plain
from tests import factories
from tests.cast import Cast
from tests.support.client import Client
from tests.support.queries import count_queries
from tests.support_requests import forms

ClientOf = Callable[[Any], Client]


@pytest.fixture
def carla(client_of: ClientOf, cast: Cast) -> Client:
    return client_of(cast.carla)


@pytest.fixture
def request_of_mia(cast: Cast) -> SupportRequest:
    """Asks for 40 % FIM, which Paul has free, and for BPMN, which nobody has."""
    wanted = [cast.fim, factories.skill("BPMN")]
    return factories.support_request(cast.education, needs=wanted, state=RequestState.SUBMITTED)


def decide(client: Client, cast: Cast, request: SupportRequest, outcome: Outcome) -> Decision:
    """As a browser does it, with a rule and a reason."""
    why = {"rule": "fairness", "text": "Der Grund.", "reason": "Der Grund."}
    accepting = {"lead_id": cast.lea_person.id, "lead_share": 0, "coordinator_share": 0}
    ticked = [need.id for need in request.needs]
    step, values = {
        Outcome.ACCEPTED: ("annehmen", accepting | {"need_ids": ticked}),
        Outcome.PARTLY_ACCEPTED: ("annehmen", accepting | {"need_ids": ticked[:1]}),
        Outcome.COUNTER_OFFERED: ("gegenangebot", forms.need(cast.fim, share=20)),
        Outcome.REJECTED: ("ablehnen", {}),
    }[outcome]
    answer = client.post(f"/anfragen/{request.id}/{step}", data=forms.step(request) | why | values)
    assert answer.status_code == 302
    return db.session.query(Decision).order_by(Decision.id.desc()).first()


def facts_of(decision: Decision) -> Facts:
    return from_plain(Facts, decision.facts)


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_is_kept_with_rule_reason_and_decider(
    carla: Client, cast: Cast, request_of_mia: SupportRequest, outcome: Outcome
) -> None:
    decision = decide(carla, cast, request_of_mia, outcome)

    assert (decision.outcome, decision.number) == (outcome, 1)
    assert (decision.rule, decision.reason, decision.decided_by_id) == (Rule.FAIRNESS, "Der Grund.", cast.carla.id)
    assert decision.facts_digest == digest(decision.facts)


def test_facts_say_what_was_asked_and_what_the_pool_had(
    carla: Client, cast: Cast, request_of_mia: SupportRequest
) -> None:
    facts = facts_of(decide(carla, cast, request_of_mia, Outcome.PARTLY_ACCEPTED))

    fim, bpmn = facts.needs
    assert (fim.skill, fim.share, fim.accepted) == ("FIM-Prozesse", 40, True)
    assert (fim.pool.skilled, fim.pool.wholly_free, fim.pool.mean_free, fim.pool.shortage) == (1, 1, 50, None)
    assert (bpmn.skill, bpmn.accepted, bpmn.pool.skilled) == ("BPMN", False, 0)
    assert bpmn.pool.shortage is not None
    assert bpmn.pool.shortage.kind is ShortageKind.NO_SKILL


def test_facts_keep_the_choices_and_the_one_taken(carla: Client, cast: Cast, request_of_mia: SupportRequest) -> None:
    facts = facts_of(decide(carla, cast, request_of_mia, Outcome.PARTLY_ACCEPTED))

    assert [each.choice for each in facts.choices] == list(Choice)
    assert facts.taken == facts.choices[1]


def test_served_share_is_that_before_the_decision(carla: Client, cast: Cast, request_of_mia: SupportRequest) -> None:
    need = factories.need(cast.project, cast.fim, from_week=request_of_mia.from_week, to_week=request_of_mia.to_week)
    factories.assignment(cast.paul_person, cast.project, need_id=need.id, share=20)

    facts = facts_of(decide(carla, cast, request_of_mia, Outcome.REJECTED))

    assert (facts.ministry.asked_hours, facts.ministry.percent) == (192, 50)
    assert facts.taken.served.asked_hours == 3 * 192


def test_offer_is_kept_beside_what_was_asked(carla: Client, cast: Cast, request_of_mia: SupportRequest) -> None:
    facts = facts_of(decide(carla, cast, request_of_mia, Outcome.COUNTER_OFFERED))

    assert [(need.skill, need.share, need.pool.wholly_free) for need in facts.offered] == [("FIM-Prozesse", 20, 1)]
    assert (facts.taken.choice, facts.taken.needs, facts.taken.work_hours) == (Choice.COUNTER_OFFER, 1, 96)
    assert [need.accepted for need in facts.needs] == [None, None]


def test_each_decision_of_a_request_has_its_number(
    client_of: ClientOf, carla: Client, cast: Cast, request_of_mia: SupportRequest
) -> None:
    decide(carla, cast, request_of_mia, Outcome.COUNTER_OFFERED)
    db.session.refresh(request_of_mia)
    client_of(cast.mia).post(f"/anfragen/{request_of_mia.id}/zustimmen", data=forms.step(request_of_mia))
    db.session.refresh(request_of_mia)

    decision = decide(carla, cast, request_of_mia, Outcome.ACCEPTED)

    assert decision.number == 2
    assert [need.share for need in facts_of(decision).needs] == [20]


def test_nobody_in_the_pool_is_named(carla: Client, cast: Cast, request_of_mia: SupportRequest) -> None:
    decision = decide(carla, cast, request_of_mia, Outcome.ACCEPTED)

    stored = str(decision.facts)
    assert "Paul" not in stored
    assert "Lea" not in stored
    assert "person_id" not in stored


def test_refused_step_leaves_no_record(carla: Client, cast: Cast, request_of_mia: SupportRequest) -> None:
    carla.post(f"/anfragen/{request_of_mia.id}/ablehnen", data=forms.step(request_of_mia, rule="none", text=""))
    stale = {"version": 0, "rule": "none", "text": "Zu spät."}
    answer = carla.post(f"/anfragen/{request_of_mia.id}/ablehnen", data=stale)

    assert answer.status_code == 409
    assert db.session.query(Decision).count() == 0


@pytest.mark.parametrize(
    "statement",
    [
        update(Decision).values(reason="Anders."),
        update(Decision).values(rule=Rule.VALUE),
        update(Decision).values(facts={}),
        update(Decision).values(decided_by_id=1),
        delete(Decision),
    ],
    ids=["reason", "rule", "facts", "decider", "delete"],
)
def test_database_refuses_to_change_a_record(
    carla: Client, cast: Cast, request_of_mia: SupportRequest, statement: Any
) -> None:
    decide(carla, cast, request_of_mia, Outcome.REJECTED)

    with pytest.raises(DBAPIError, match="never changed"):
        db.session.execute(statement, execution_options={"unaudited": True})
    db.session.rollback()

    assert db.session.query(Decision).one().reason == "Der Grund."


def test_who_decided_may_be_forgotten(carla: Client, cast: Cast, request_of_mia: SupportRequest) -> None:
    decision = decide(carla, cast, request_of_mia, Outcome.REJECTED)

    db.session.execute(delete(User).where(User.id == cast.carla.id), execution_options={"unaudited": True})

    assert db.session.scalar(text("SELECT count(*) FROM decision WHERE decided_by_id IS NULL")) == 1
    assert decision.id


def test_record_goes_with_its_request(carla: Client, cast: Cast, request_of_mia: SupportRequest) -> None:
    decide(carla, cast, request_of_mia, Outcome.REJECTED)

    gone = delete(SupportRequest).where(SupportRequest.id == request_of_mia.id)
    db.session.execute(gone, execution_options={"unaudited": True})

    assert db.session.scalar(text("SELECT count(*) FROM decision")) == 0


def test_change_log_holds_the_record_by_its_digest(carla: Client, cast: Cast, request_of_mia: SupportRequest) -> None:
    decision = decide(carla, cast, request_of_mia, Outcome.REJECTED)

    entry = db.session.query(AuditEntry).filter_by(object_type="decision").one()
    values = db.session.get_one(AuditDetail, entry.id).values
    assert values["facts_digest"] == [None, decision.facts_digest]
    assert "facts" not in values
    page = carla.get("/aenderungen").text
    assert "Entscheidung über eine Anfrage" in page
    assert "Ausgleich zwischen den Ressorts" in page


PAGES = ("", "/vermerk", "/schreiben")
READ = {
    "carla": (200, 200, 200),
    "konrad": (200, 200, 200),
    "mia": (403, 403, 200),
    "otto": (404, 404, 404),
    "lea": (403, 403, 403),
    "paul": (403, 403, 403),
    "rita": (403, 403, 403),
    "anton": (403, 403, 403),
}


@pytest.mark.parametrize("who", READ)
def test_who_reads_record_note_and_letter(
    client_of: ClientOf, carla: Client, cast: Cast, request_of_mia: SupportRequest, who: str
) -> None:
    decision = decide(carla, cast, request_of_mia, Outcome.REJECTED)
    reader = client_of(cast.users[who])

    assert tuple(reader.get(f"/entscheidungen/{decision.id}{page}").status_code for page in PAGES) == READ[who]


def test_coordinator_of_another_ministry_reads_nothing(
    client_of: ClientOf, carla: Client, cast: Cast, request_of_mia: SupportRequest
) -> None:
    decision = decide(carla, cast, request_of_mia, Outcome.REJECTED)
    cast.konrad.coordinations[0].organisation_id = cast.finance.id

    assert client_of(cast.konrad).get(f"/entscheidungen/{decision.id}").status_code == 404


@pytest.mark.parametrize("outcome", Outcome)
def test_letter_tells_the_outcome_and_nothing_of_what_was_weighed(
    client_of: ClientOf, carla: Client, cast: Cast, request_of_mia: SupportRequest, outcome: Outcome
) -> None:
    decision = decide(carla, cast, request_of_mia, outcome)

    letter = sheet(client_of(cast.mia), decision, "schreiben")

    assert "Der Grund." in letter
    assert SAYS[outcome] in letter
    assert not re.search("Ausgleich|bedient|besetzbar|Möglichkeit|Personalpool|Prüfsumme", letter)


SAYS = {
    Outcome.ACCEPTED: "hier: Annahme",
    Outcome.PARTLY_ACCEPTED: "Nicht zusagen können wir:",
    Outcome.COUNTER_OFFERED: "20\u202f% (8 h/Woche)",
    Outcome.REJECTED: "leider nicht zusagen",
}


@pytest.mark.parametrize("page", ["", "/vermerk"])
def test_note_and_page_say_what_was_weighed(
    carla: Client, cast: Cast, request_of_mia: SupportRequest, page: str
) -> None:
    decision = decide(carla, cast, request_of_mia, Outcome.ACCEPTED)

    shown = carla.get(f"/entscheidungen/{decision.id}{page}").text

    for words in ("Ausgleich zwischen den Ressorts", "Niemand im Pool hat", "Alle Bedarfe annehmen", "Der Grund."):
        assert words in shown
    assert decision.facts_digest in shown


def sheet(reader: Client, decision: Decision, page: str = "vermerk") -> str:
    """What goes on paper."""
    return reader.get(f"/entscheidungen/{decision.id}/{page}").text.split('<article class="document">')[1]


def test_record_stays_as_it_was(carla: Client, cast: Cast, request_of_mia: SupportRequest) -> None:
    decision = decide(carla, cast, request_of_mia, Outcome.ACCEPTED)
    before = sheet(carla, decision)
    cast.fim.name, cast.paul_person.active, cast.education.name = "Umbenannt", False, "Neues Haus"

    assert sheet(carla, decision) == before


def test_request_leads_to_letter_and_record(
    client_of: ClientOf, carla: Client, cast: Cast, request_of_mia: SupportRequest
) -> None:
    decision = decide(carla, cast, request_of_mia, Outcome.REJECTED)
    links = [f'href="/entscheidungen/{decision.id}{page}"' for page in ("", "/schreiben")]

    seen = {who: client_of(cast.users[who]).get(f"/anfragen/{request_of_mia.id}").text for who in ("mia", "konrad")}

    assert [link in seen["konrad"] for link in links] == [True, True]
    assert [link in seen["mia"] for link in links] == [False, True]


def test_pages_of_a_decision_ask_few_queries(carla: Client, cast: Cast, request_of_mia: SupportRequest) -> None:
    decision = decide(carla, cast, request_of_mia, Outcome.PARTLY_ACCEPTED)
    addresses = [f"/entscheidungen/{decision.id}{page}" for page in PAGES]

    for address in addresses:
        with count_queries() as asked:
            assert carla.get(address).status_code == 200
        assert len(asked) <= 4


def test_my_data_name_the_decisions_one_took(carla: Client, cast: Cast, request_of_mia: SupportRequest) -> None:
    decide(carla, cast, request_of_mia, Outcome.REJECTED)

    (mine,) = carla.get("/konto/meine-daten.json").get_json()["decisions"]

    assert (mine["request"], mine["outcome"], mine["reason"]) == (request_of_mia.title, "Abgelehnt", "Der Grund.")
