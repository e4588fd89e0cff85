"""The timeline of what is asked for: in the form while it is filled in, and on the page of a request."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from portfolio.extensions import db
from portfolio.planning.problem import NeedKind
from portfolio.support.models import RequestNeed, RequestState, SupportRequest
from tests import factories
from tests.cast import Cast
from tests.factories import FIRST_WEEK
from tests.support.client import Client
from tests.support.queries import count_queries
from tests.support_requests import forms

ClientOf = Callable[[Any], Client]
PREVIEW = "/anfragen/zeitplan"


@pytest.fixture
def mia(client_of: ClientOf, cast: Cast) -> Client:
    return client_of(cast.mia)


def words(page: str) -> str:
    """What a screen reader is given: the page without its drawings and tags, in single spaces."""
    visible = re.sub(r"<svg.*?</svg>|<[^>]*>", " ", page, flags=re.DOTALL)
    return " ".join(visible.replace("\u202f", " ").split())


def test_preview_says_and_draws_what_stands_in_the_form(mia: Client, cast: Cast) -> None:
    rows = forms.need(cast.fim, 1, share=60, from_week="KW 2/2027", to_week="KW 3/2027")

    page = mia.post(PREVIEW, data=forms.whole(cast.fim, deadline="2027-03-31") | rows).text

    assert "1 FIM-Prozesse 40 % (16 h/Woche) KW 49/2026 – KW 12/2027" in words(page)
    assert "2 FIM-Prozesse 60 % (24 h/Woche) KW 02/2027 – KW 03/2027" in words(page)
    assert "Zusammen höchstens 1 VZÄ KW 02/2027 – KW 03/2027" in words(page)
    assert "KW 04/2027 – KW 12/2027 0,4" in words(page)
    assert "Frist: 31.03.2027" in words(page)
    assert page.count('class="timeline__bar"') == 2
    assert db.session.query(SupportRequest).count() == 0


def test_volume_looks_different_and_says_what_it_is(mia: Client, cast: Cast) -> None:
    volume = forms.need(cast.fim, kind="volume", person_days=17, share=40, to_week="KW 52/2026")

    page = mia.post(PREVIEW, data=forms.whole(cast.fim) | volume).text

    assert 'class="timeline__hatching"' in page
    assert "17 Personentage, höchstens 40 % (16 h/Woche) KW 49/2026 – KW 52/2026" in words(page)
    assert "Die Tage passen nicht in diese Wochen" in words(page)
    assert "Menge in Personentagen: irgendwann in diesen Wochen" in words(page)


NONSENSE: dict[str, dict[str, Any]] = {
    "no share": {"needs-0-share": ""},
    "share": {"needs-0-share": "-7"},
    "no skill": {"needs-0-skill_id": ""},
    "skill": {"needs-0-skill_id": "4711"},
    "text for a skill": {"needs-0-skill_id": "x\0"},
    "level": {"needs-0-level": "7"},
    "kind": {"needs-0-kind": "?"},
    "week": {"needs-0-from_week": "gestern"},
    "reversed": {"needs-0-from_week": "KW 9/2027", "needs-0-to_week": "KW 8/2027"},
    "reversed request": {"to_week": "KW 40/2026"},
    "no weeks": {"from_week": "", "to_week": ""},
    "volume without days": {"needs-0-kind": "volume"},
    "too many days": {"needs-0-kind": "volume", "needs-0-person_days": "99999999999999999999"},
}


@pytest.mark.parametrize("case", NONSENSE)
def test_what_cannot_be_drawn_is_named_and_breaks_nothing(mia: Client, cast: Cast, case: str) -> None:
    sound = forms.need(cast.fim, 1, from_week="KW 2/2027", to_week="KW 3/2027")

    answer = mia.post(PREVIEW, data=forms.whole(cast.fim) | sound | NONSENSE[case])

    assert answer.status_code == 200
    assert "Noch nicht dabei, weil etwas fehlt oder nicht stimmt: Bedarf 1." in words(answer.text)
    assert answer.text.count('class="timeline__bar"') == 1


def test_century_of_weeks_and_a_deadline_far_off_still_draw(mia: Client, cast: Cast) -> None:
    far = {"from_week": "KW 1/2000", "to_week": "KW 53/2099", "deadline": "9999-12-31"}

    page = mia.post(PREVIEW, data=forms.whole(cast.fim) | far).text

    assert page.count("<text") <= 12
    assert "Frist: 31.12.9999, weit außerhalb dieser Wochen" in words(page)


def test_empty_form_says_when_there_will_be_something(mia: Client, cast: Cast) -> None:
    assert "Sobald ein Bedarf mit Fähigkeit" in mia.post(PREVIEW, data={}).text
    assert "Sobald ein Bedarf mit Fähigkeit" in mia.get("/anfragen/neu").text


@pytest.mark.parametrize("name", ["carla", "konrad", "lea", "paul", "rita", "anton"])
def test_only_who_writes_requests_previews(client_of: ClientOf, cast: Cast, name: str) -> None:
    assert client_of(cast.users[name]).post(PREVIEW, data=forms.whole(cast.fim)).status_code == 403


def test_button_draws_it_without_a_script(mia: Client, cast: Cast) -> None:
    page = mia.post("/anfragen/neu", data=forms.whole(cast.fim, step="preview")).text

    assert "höchstens 0,4 VZÄ" in words(page)
    assert 'value="Kita-Fachkräfte online"' in page
    assert db.session.query(SupportRequest).count() == 0


def test_page_of_a_request_shows_it_to_both_sides(client_of: ClientOf, cast: Cast) -> None:
    request = factories.support_request(cast.education, needs=[cast.fim], state=RequestState.SUBMITTED)
    request.deadline = date(2027, 2, 28)

    for user in (cast.mia, cast.carla, cast.konrad):
        page = client_of(user).get(f"/anfragen/{request.id}").text
        assert "1 FIM-Prozesse 40 % (16 h/Woche) KW 49/2026 – KW 07/2027" in words(page)
        assert "Frist: 28.02.2027" in words(page)


def test_sixty_needs_take_no_more_queries_than_one(mia: Client, cast: Cast) -> None:
    request, counts = factories.support_request(cast.education, needs=[cast.fim]), []
    for _round in range(2):
        db.session.commit()
        address = f"/anfragen/{request.id}"
        db.session.commit()
        with count_queries() as queries:
            mia.get(address)
        counts.append(len(queries))
        for number in range(59):
            weeks = {"from_week": FIRST_WEEK + number, "to_week": FIRST_WEEK + number + 40}
            days = {"kind": NeedKind.VOLUME, "person_days": 9} if number % 2 else {"kind": NeedKind.STEADY}
            request.all_needs.append(RequestNeed(skill_id=cast.fim.id, level=2, share=40, **weeks, **days))

    assert counts[0] == counts[1] <= 12
