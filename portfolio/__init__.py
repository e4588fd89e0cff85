"""Projektpool: a portfolio of projects, a pool of people, and the best possible use of the one for the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """The application, configured from the environment; `overrides` win (tests use them)."""
    # Imported here so that `portfolio.planning` can be used alone, without the framework.
    from portfolio.factory import build

    return build(overrides or {})
