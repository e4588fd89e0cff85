"""What a check before writing cannot see: somebody who does the same at the same moment."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import IntegrityError

from portfolio.extensions import db
from portfolio.web.problems import Problem


@contextmanager
def refuse_rival(refusals: dict[str, type[Problem]]) -> Iterator[None]:
    """Flush what happens inside; a constraint violated in spite of the check becomes the refusal named for it."""
    try:
        with db.session.begin_nested():
            yield
    except IntegrityError as error:
        for constraint, problem in refusals.items():
            if constraint in str(error.orig):
                raise problem from error
        raise
