"""Versions as ETags: a change must name the version it changes."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import request

from portfolio.api.problems import VersionRequired
from portfolio.web.problems import Problem, Stale


@contextmanager
def version_judged(version: int | None, *, required: bool) -> Iterator[None]:
    """Judge If-Match in its place: after bad input (422), before what the state refuses (409).

    The work inside is done before it is known whether it may stand; the caller commits only after this. `version` is
    that of the object before the work, None where there is no object yet.
    """
    try:
        yield
    except Problem as refusal:
        if refusal.status == 409:
            _judge(version, required)
        raise
    _judge(version, required)


def _judge(version: int | None, required: bool) -> None:
    """428 without If-Match, 412 with another version. A weak tag counts: a proxy that compresses weakens ours."""
    asked = request.if_match
    if not asked:
        if required:
            raise VersionRequired
        return
    if not asked.star_tag and (version is None or not asked.contains_weak(str(version))):
        raise Stale
