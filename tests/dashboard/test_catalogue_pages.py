"""Topic areas, situations, bundles, services, organisations, with what rests on them as far as the reader sees it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from portfolio.catalogue.models import ServiceBundle
from portfolio.projects.models import ServiceLink
from portfolio.support.models import RequestState
from tests import factories
from tests.cast import Cast
from tests.catalogue import builders
from tests.support.client import Client
from tests.support.queries import count_queries

ClientOf = Callable[[Any], Client]
OWN, FOREIGN = "Kita-Fachkräfte online", "Grundsteuer-Auskunft"


@pytest.fixture
def bundle(cast: Cast) -> ServiceBundle:
    """A bundle of the area Familie with one service, in both projects and in a request of the education ministry."""
    bundle = builders.bundle("10019", "Kindertagesbetreuung", builders.topic_area("Familie"))
    bundle.situation = "Kinderbetreuung"
    service = factories.service("Kitaplatz", bundle_id=bundle.id)
    cast.project.service_links = [ServiceLink(service_id=service.id)]
    cast.foreign_project.service_links = [ServiceLink(service_id=service.id)]
    request = factories.support_request(cast.education, "Kita-Antrag", state=RequestState.SUBMITTED)
    request.services = [service]
    return bundle


PAGES = ["/leistungen/1", "/leistungen/buendel/1"]


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("carla", {OWN, FOREIGN, "Kita-Antrag"}),
        ("konrad", {OWN, "Kita-Antrag"}),
        ("lea", {OWN}),
        ("paul", {OWN}),
        ("mia", {OWN, "Kita-Antrag"}),
        ("otto", {FOREIGN}),
        ("rita", set()),
        ("anton", set()),
    ],
)
def test_projects_and_requests_as_far_as_one_sees_them(
    client_of: ClientOf, cast: Cast, bundle: ServiceBundle, address: str, name: str, found: set[str]
) -> None:
    page = client_of(cast.users[name]).get(address).text

    assert {title for title in (OWN, FOREIGN, "Kita-Antrag") if f">{title}</a>" in page} == found
    assert ("Projekte <span" in page) == (name not in ("rita", "anton"))


@pytest.mark.parametrize(("name", "number"), [("carla", 2), ("mia", 1), ("otto", 1), ("rita", None)])
@pytest.mark.parametrize("address", ["/leistungen/themenfelder", "/leistungen/themenfelder/1", "/leistungen/lagen"])
def test_counts_hold_only_what_the_reader_sees(
    client_of: ClientOf, cast: Cast, bundle: ServiceBundle, address: str, name: str, number: int | None
) -> None:
    row = client_of(cast.users[name]).get(address).text.split("<tbody>")[1].split("</tbody>")[0]
    numbers = [int(cell.split("<")[0]) for cell in row.split('<td class="numeric">')[1:]]

    assert numbers == ([] if address.endswith("/1") else [1]) + [1] + ([] if number is None else [number])


def test_a_situation_leads_to_its_bundles(client_of: ClientOf, cast: Cast, bundle: ServiceBundle) -> None:
    builders.bundle("10001", "Hundesteuer").situation = "Tierhaltung"
    client = client_of(cast.mia)

    assert 'href="/leistungen/lagen/Kinderbetreuung"' in client.get("/leistungen/lagen").text
    page = client.get("/leistungen/buendel?situation=Kinderbetreuung&topic_area=1").text
    assert ">Kindertagesbetreuung</a>" in page
    assert ">Hundesteuer</a>" not in page
    assert ">Hundesteuer</a>" in client.get("/leistungen/buendel?situation=Unsinn").text


@pytest.mark.parametrize("address", ["/leistungen/themenfelder", "/leistungen/lagen"])
def test_an_empty_catalogue_says_who_fills_it(client_of: ClientOf, cast: Cast, address: str) -> None:
    assert "Administration" in client_of(cast.mia).get(address).text


def test_an_empty_area_and_one_there_is_not(client_of: ClientOf, cast: Cast) -> None:
    area = builders.topic_area("Familie")

    assert "noch keine OZG-Leistung zugeordnet" in client_of(cast.mia).get(f"/leistungen/themenfelder/{area.id}").text
    assert client_of(cast.mia).get("/leistungen/themenfelder/99").status_code == 404


def test_an_organisation_shows_its_projects_to_those_who_see_them(client_of: ClientOf, cast: Cast) -> None:
    address = f"/organisationen/{cast.education.id}"
    shown = {name for name, user in cast.users.items() if f">{OWN}</a>" in client_of(user).get(address).text}

    assert shown == {"carla", "konrad", "lea", "paul", "mia"}


def test_an_organisation_names_what_followed_it(client_of: ClientOf, cast: Cast) -> None:
    now = factories.organisation("TMDI", valid_from=date(2024, 12, 13))
    then = factories.organisation("TFM2", successor_id=now.id)
    first = factories.organisation("TFM1", successor_id=then.id)

    page = client_of(cast.mia).get(f"/organisationen/{first.id}").text

    assert page.index("(TFM2)") < page.index("danach") < page.index("(TMDI)") < page.index("seit 13.12.2024")


def test_many_projects_lead_to_the_list(client_of: ClientOf, cast: Cast) -> None:
    for _number in range(24):
        factories.project(organisation_id=cast.education.id)

    page = client_of(cast.carla).get(f"/organisationen/{cast.education.id}").text

    assert "Gezeigt: 20 von 25" in page
    assert f'href="/projekte?organisation_id={cast.education.id}"' in page


@pytest.mark.parametrize(
    "address", [*PAGES, "/leistungen/themenfelder", "/leistungen/themenfelder/1", "/organisationen/1"]
)
def test_queries_do_not_grow(client_of: ClientOf, cast: Cast, bundle: ServiceBundle, address: str) -> None:
    client, counts = client_of(cast.carla), []
    for number in range(2):
        for each in range(15):
            service = factories.service(bundle_id=builders.bundle(f"2{number}{each:03d}", "Bündel").id)
            project = factories.project(organisation_id=cast.education.id)
            project.service_links = [ServiceLink(service_id=1), ServiceLink(service_id=service.id)]
        client.get("/")
        with count_queries() as asked:
            client.get(address)
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 12


@pytest.mark.parametrize("address", ["/leistungen/lagen/Kinderbetreuung", "/leistungen/themenfelder/1"])
@pytest.mark.parametrize(("name", "seen"), [("carla", {OWN, FOREIGN}), ("mia", {OWN}), ("rita", set())])
def test_areas_and_situations_lead_to_their_projects(
    client_of: ClientOf, cast: Cast, bundle: ServiceBundle, address: str, name: str, seen: set[str]
) -> None:
    page = client_of(cast.users[name]).get(address).text

    assert {title for title in (OWN, FOREIGN) if f">{title}</a>" in page} == seen
    assert ">Kindertagesbetreuung</a>" in page


def test_situations_may_hold_a_slash_and_must_exist(client_of: ClientOf, cast: Cast, bundle: ServiceBundle) -> None:
    bundle.situation = "Hilfe/Unterstützung"
    mia = client_of(cast.mia)

    link = mia.get("/leistungen/lagen").text.split('<th scope="row"><a href="')[1].split('"')[0]
    assert "Hilfe/Unterstützung" in mia.get(link).text
    assert mia.get("/leistungen/lagen/gibt-es-nicht").status_code == 404


def test_services_of_no_area_are_counted_and_found(client_of: ClientOf, cast: Cast, bundle: ServiceBundle) -> None:
    page = client_of(cast.mia).get("/leistungen/themenfelder").text
    assert "ohne Themenfeld" not in page
    factories.service("Ohne Bündel")
    page = client_of(cast.mia).get("/leistungen/themenfelder").text
    assert '<a href="/leistungen?topic_area=0">ohne Themenfeld</a>' in page


def test_legal_basis_is_a_list_of_links(client_of: ClientOf, cast: Cast) -> None:
    basis = "§ 1 AMG [http://gesetze.example/1], § 2 AMG [http://gesetze.example/2]"
    service = factories.service(legal_basis=basis)
    page = client_of(cast.mia).get(f"/leistungen/{service.id}").text
    assert '<li><a href="http://gesetze.example/2" rel="noreferrer">§ 2 AMG</a></li>' in page
