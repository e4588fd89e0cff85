"""Lists inside objects, and the JSON Schema of whole objects."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask_babel import gettext as _
from marshmallow import Schema, ValidationError

from portfolio.api.fields import Shape, Value, refusal

T = TypeVar("T")


class Listed(Value[list[Any]]):
    """A list of values of one kind; `most` keeps statements within what databases take."""

    def __init__(self, inner: Value[Any], most: int = 500, **rest: Any) -> None:
        super().__init__(**rest)
        self.inner, self.most = inner, most

    def shape(self, writing: bool) -> Shape:
        return {"type": "array", "items": self.inner.shape(writing), "maxItems": self.most}

    def _serialize(self, value: Any, *position: Any, **rest: Any) -> list[Any] | None:
        return None if value is None else [self.inner._serialize(item, *position, **rest) for item in value]

    def _deserialize(self, value: Any, *_position: Any, **_rest: Any) -> list[Any]:
        return list(each_of(value, self.most, self.inner.deserialize))


class Rows(Value[list[dict[str, Any]]]):
    """A list of objects that belong to the one around them; a change replaces it whole."""

    def __init__(self, row: Schema, most: int = 500, **rest: Any) -> None:
        super().__init__(**rest)
        self.row, self.most = row, most

    def shape(self, writing: bool) -> Shape:
        return {"type": "array", "items": object_shape(self.row, writing), "maxItems": self.most}

    def _serialize(self, value: Any, *_position: Any, **_rest: Any) -> Any:
        return None if value is None else self.row.dump(value, many=True)

    def _deserialize(self, value: Any, *_position: Any, **_rest: Any) -> list[dict[str, Any]]:
        return list(each_of(value, self.most, self.row.load))


class One(Value[dict[str, Any]]):
    """An object inside the one around it; a change replaces it whole."""

    def __init__(self, inner: Schema, **rest: Any) -> None:
        super().__init__(**rest)
        self.inner = inner

    def shape(self, writing: bool) -> Shape:
        return object_shape(self.inner, writing)

    def _serialize(self, value: Any, *_position: Any, **_rest: Any) -> Any:
        return None if value is None else self.inner.dump(value)

    def _deserialize(self, value: Any, *_position: Any, **_rest: Any) -> dict[str, Any]:
        return dict(self.inner.load(value))


def each_of(value: Any, most: int, read: Callable[[Any], T]) -> list[T]:
    """Read every item of a JSON list; the errors of all items together, by position."""
    if not isinstance(value, list):
        raise refusal("list")
    if len(value) > most:
        raise ValidationError(_("Die Liste darf höchstens %(most)s Einträge haben.", most=most))
    found, errors = [], {}
    for position, item in enumerate(value):
        try:
            found.append(read(item))
        except ValidationError as error:
            errors[position] = error.messages
    if errors:
        raise ValidationError(errors)
    return found


def object_shape(schema: Schema, writing: bool, changing: bool = False) -> Shape:
    """The JSON Schema of an object: as answered, as created (`writing`), or as changed in part (`changing`)."""
    concealed: frozenset[str] = getattr(schema, "concealed", frozenset())
    properties, required = {}, []
    for name, field in schema.fields.items():
        if field.dump_only if writing else field.load_only:
            continue
        shape = field.shape(writing) if isinstance(field, Value) else {}
        nullable = field.allow_none or (not writing and name in concealed)
        properties[name] = _or_null(shape) if nullable else shape
        if field.required if writing else True:
            required.append(name)
    shape = {"type": "object", "properties": properties, "additionalProperties": False}
    return shape | ({"required": required} if required and not changing else {})


def _or_null(shape: Shape) -> Shape:
    if "enum" in shape:
        shape = shape | {"enum": [*shape["enum"], None]}
    return shape | {"type": [shape["type"], "null"]} if "type" in shape else shape
