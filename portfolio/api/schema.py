"""Objects as they go over the wire, and how a body or a query becomes values."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from marshmallow import RAISE, Schema, ValidationError

from portfolio.api.fields import Id, Value, Whole
from portfolio.api.problems import BadInput

LARGEST_PAGE = 500


class ApiSchema(Schema):
    """Base of all objects: an unknown field is an error."""

    class Meta:
        unknown = RAISE

    error_messages = {
        "unknown": _l("Dieses Feld gibt es hier nicht."),  # type: ignore[dict-item]  # worded when it is read
        "type": _l("Bitte ein JSON-Objekt angeben."),  # type: ignore[dict-item]
    }
    concealed: ClassVar[frozenset[str]] = frozenset()
    """Fields that are null for those who may not see them."""
    example: ClassVar[Mapping[str, Any]] = {}
    """What a client would send to create the object."""
    answered: ClassVar[Mapping[str, Any]] = {}
    """What the answer to that holds beyond what was sent."""


class StoredSchema(ApiSchema):
    """An object of the database."""

    id = Id(dump_only=True)
    version = Whole(low=1, dump_only=True)


class Nothing(ApiSchema):
    """The body of a step that needs none."""


class ListQuery(ApiSchema):
    """The query of every list; subclasses add filters."""

    page = Whole(low=1, load_default=1)
    per_page = Whole(low=1, high=LARGEST_PAGE, load_default=50)


def load(schema: ApiSchema, content: Any, *, partial: bool = False) -> dict[str, Any]:
    """The values of `content`; with `partial` only those it names. Raises BadInput with every fault."""
    try:
        # Names instead of True: rows inside a list are complete even in a partial object.
        values: dict[str, Any] = schema.load(content, partial=tuple(schema.fields) if partial else None)
    except ValidationError as error:
        raise BadInput(dict(_flat("", error.messages))) from None
    return values


def load_query(schema: ApiSchema, query: Mapping[str, str]) -> dict[str, Any]:
    """The values of a query string."""
    known = {name: field for name, field in schema.fields.items() if isinstance(field, Value)}
    content = {name: known[name].from_query(text) if name in known else text for name, text in query.items()}
    return load(schema, content)


def _flat(path: str, messages: Any) -> Iterator[tuple[str, str]]:
    """Nested messages as (path, message): needs.0.share."""
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            step = "" if key == "_schema" else str(key)
            yield from _flat(f"{path}.{step}".strip("."), inner)
    else:
        yield path, " ".join(str(message) for message in messages)
