"""Frozen values as JSON and back: data classes, tuples, enumerations, weeks and days.

What a stored value lacks because its class has grown since takes the default of the field; what the class no longer
knows is ignored.
"""

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from portfolio.planning.weeks import Week

Value = TypeVar("Value")


def to_plain(value: Any) -> Any:
    """What JSON can hold."""
    if is_dataclass(value) and not isinstance(value, Week):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [to_plain(each) for each in value]
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Week):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def from_plain(kind: type[Value], plain: Any) -> Value:
    """The value of this kind that `to_plain` wrote."""
    return cast(Value, _read(kind, plain))


def digest(plain: Any) -> str:
    """SHA-256 of what `to_plain` wrote, the same whatever order a database keeps it in."""
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _read(kind: Any, plain: Any) -> Any:
    if isinstance(kind, UnionType):
        return None if plain is None else _read(next(each for each in get_args(kind) if each is not NoneType), plain)
    if get_origin(kind) is tuple:
        return tuple(_read(get_args(kind)[0], each) for each in plain)
    if kind is Week:
        return Week.parse(plain)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        known = (field.name for field in fields(kind) if field.name in plain)
        made: Any = kind
        return made(**{name: _read(hints[name], plain[name]) for name in known})
    if kind is date:
        return date.fromisoformat(plain)
    return kind(plain)
