"""Reading a request: a JSON body, strictly."""

import json
from typing import Any

from flask import abort, request
from flask_babel import gettext as _

from portfolio.api.problems import BadInput
from portfolio.api.schema import ApiSchema, load

MOST_BYTES = 2 * 1024 * 1024


def load_body(schema: ApiSchema, *, partial: bool = False) -> dict[str, Any]:
    """The values of the body. No body at all stands for an empty object; other media types than JSON are 415."""
    if not request.get_data():
        return load(schema, {}, partial=partial)
    if not request.is_json:
        abort(415)
    try:
        content = _parsed()
    except (ValueError, RecursionError):
        raise BadInput({"": _("Das ist kein gültiges JSON.")}) from None
    return load(schema, content, partial=partial)


def named_fields() -> frozenset[str]:
    """The fields a body names, whatever they hold: rights may depend on them."""
    try:
        content = _parsed()
    except (ValueError, RecursionError):
        return frozenset()
    return frozenset(content) if isinstance(content, dict) else frozenset()


def _parsed() -> Any:
    return json.loads(request.get_data(), parse_constant=_refuse_constant)


def _refuse_constant(name: str) -> None:
    """NaN and Infinity are no JSON."""
    raise ValueError(name)
