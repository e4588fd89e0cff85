"""Every page and every file asks the database a dozen times at most, however many rows there are."""

from collections.abc import Iterable, Iterator

import pytest

from tests.support.growth import grow
from tests.support.queries import count_queries
from tests.support.structure import Sight, Walk

BUDGET = 12
OF_A_FILE = BUDGET + 3  # and the entry that says who took it
OF_ONE_PERSON = {"/konto/meine-daten": 17, "/konto/meine-daten.json": 14}  # all that is kept: each table is asked
PAGING = 1  # a list that fills its first page asks how many there are


@pytest.mark.reliability
@pytest.mark.only("sqlite")
def test_pages_keep_to_their_queries_while_the_rows_grow(walk: Walk) -> None:
    few = [(sight, queries) for sight, queries in counted(walk.pages()) if sight.answer.status_code == 200]
    grow()
    many = counted(walk.again(sight) for sight, _queries in few)
    faults = [
        f"{sight}: {before} queries, and {now} with eight times the rows"
        for (_sight, before), (sight, now) in zip(few, many, strict=True)
        if now > min(before + PAGING, budget(sight))
    ]
    assert not faults, "\n".join(faults)


def counted(sights: Iterable[Sight]) -> Iterator[tuple[Sight, int]]:
    """Each with how often it asked the database."""
    with count_queries() as queries:
        for sight in sights:
            yield sight, len(queries)
            queries.clear()


def budget(sight: Sight) -> int:
    whole = BUDGET if sight.answer.mimetype == "text/html" else OF_A_FILE
    return OF_ONE_PERSON.get(sight.address, whole)
