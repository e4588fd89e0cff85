"""Lists: pages in a stable order, and a number of queries that does not grow with the rows."""

from datetime import date
from typing import Any

from portfolio.catalogue.models import ServiceBundle
from portfolio.extensions import db
from portfolio.support.models import Comment, RequestState
from portfolio.web import clock
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


LISTS = (
    "organisations",
    "catalogue/bundles",
    "catalogue/services",
    "skills",
    "persons",
    "persons/{person}/absences",
    "requests",
    "requests/{request}/comments",
    "projects",
    "projects/{project}/milestones",
    "milestones/{milestone}/forecasts",
    "needs",
    "assignments",
    "changes",
    "capacity?from_week=2026-W49",
)


def test_number_of_queries_does_not_grow(cast: Any, api: Any) -> None:
    carla, paths = api(cast.carla), _with_rows(cast)
    few = [_queries(carla, path) for path in paths]
    for _ in range(3):
        _with_rows(cast)
    many = [_queries(carla, path) for path in paths]
    assert dict(zip(paths, many, strict=True)) == dict(zip(paths, few, strict=True))
    assert max(many) <= 9


def _queries(carla: Any, path: str) -> int:
    db.session.commit()
    with count_queries() as queries:
        assert carla.get(path).status_code == 200
    return len(queries)


def _with_rows(cast: Any) -> list[str]:
    """One more row in every list; the paths of the lists."""
    person = factories.person(skills={cast.fim: 3}, home_organisation_id=cast.finance.id)
    project = factories.project(organisation_id=cast.education.id)
    milestone = factories.milestone(project)
    factories.forecast(milestone, date(2026, 12, 31), date(2027, 12, 31))
    factories.assignment(person, project, need_id=factories.need(project, cast.fim).id)
    factories.absence(person, date(2026, 12, 21), date(2026, 12, 22))
    factories.service(bundle_id=_bundle().id)
    request = factories.support_request(cast.education, needs=[cast.fim], state=RequestState.SUBMITTED)
    request.submitted_at = clock.now()
    db.session.add(Comment(request=request, text="Eilt.", author_id=cast.mia.id, at=clock.now()))
    db.session.flush()
    ids = {"person": person.id, "project": project.id, "milestone": milestone.id, "request": request.id}
    return [path.format(**ids) for path in LISTS]


def _bundle() -> ServiceBundle:
    number = db.session.query(ServiceBundle).count()
    bundle = ServiceBundle(ozg_id=f"{number:05d}", name=f"Bündel {number}", search_text="")
    db.session.add(bundle)
    db.session.flush()
    return bundle
