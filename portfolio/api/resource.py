"""What a resource is: an address, a shape, rights, and the services that change it. One value each, no HTTP in it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from flask_babel.speaklater import LazyString
from sqlalchemy import Select
from sqlalchemy.orm import InstrumentedAttribute

from portfolio.access.policy import Action, Actor, allowed, may
from portfolio.api.schema import ApiSchema, ListQuery, Nothing, StoredSchema

Row = TypeVar("Row")
Values = dict[str, Any]
Names = frozenset[str]
Amendments = Mapping[int, Mapping[str, Any]]
"""By row id: values answered instead of, or beside, those of the row."""


def _no_amendments(_rows: Sequence[Any], _actor: Actor) -> Amendments:
    return {}


def _as_asked(statement: Select[Any], _asked: Values) -> Select[Any]:
    return statement


@dataclass(frozen=True, kw_only=True)
class Parent:
    """Where the objects of a resource belong to one of another: `key` is the column that says to which."""

    resource: "Resource[Any]"
    parameter: str
    key: InstrumentedAttribute[int]


@dataclass(frozen=True, kw_only=True)
class Creation(Generic[Row]):
    """`permits` judges actor, parent (None without one) and the fields the body names."""

    permits: Callable[[Actor, Any, Names], bool]
    do: Callable[[Values, Actor, Any], Row]


@dataclass(frozen=True, kw_only=True)
class Change(Generic[Row]):
    """`permits` judges actor, row and the fields the body names; `schema` is that of the resource if not given."""

    permits: Callable[[Actor, Row, Names], bool]
    do: Callable[[Row, Values, Actor], None]
    schema: StoredSchema | None = None


@dataclass(frozen=True, kw_only=True)
class Removal(Generic[Row]):
    permits: Callable[[Actor, Row], bool]
    do: Callable[[Row, Actor], None]


@dataclass(frozen=True, kw_only=True)
class Step(Generic[Row]):
    """A POST that takes an object one step further: requests/{id}/submit."""

    name: str
    summary: LazyString
    permits: Callable[[Actor, Row], bool]
    do: Callable[[Row, Values, Actor], None]
    body: ApiSchema = field(default_factory=Nothing)


@dataclass(frozen=True, kw_only=True)
class Resource(Generic[Row]):
    """A kind of object under one address.

    `rows` gives what an actor may see at all; the rest narrows it. What is None cannot be done.
    """

    address: str
    title: LazyString
    schema: StoredSchema
    model: type[Row]
    read: Action
    rows: Callable[[Actor], Select[Row]]
    query: ListQuery = field(default_factory=ListQuery)
    narrow: Callable[[Select[Row], Values], Select[Row]] = _as_asked
    amend: Callable[[Sequence[Row], Actor], Amendments] = _no_amendments
    parent: Parent | None = None
    also_at: str | None = None
    creation: Creation[Row] | None = None
    change: Change[Row] | None = None
    removal: Removal[Row] | None = None
    steps: tuple[Step[Row], ...] = ()

    @property
    def name(self) -> str:
        """The resource as one word: project_milestones."""
        return self.address.replace("/", "_").replace("-", "_")

    @property
    def list_rule(self) -> str:
        if self.parent is None:
            return f"/{self.address}"
        return f"/{self.parent.resource.address}/<int:{self.parent.parameter}>/{self.address}"

    @property
    def item_rule(self) -> str:
        return f"{self.list_rule}/<int:identity>"


def whoever(action: Action) -> Callable[..., bool]:
    """Permits whom the policy allows `action` at all."""
    return lambda actor, *_rest: allowed(actor, action)


def reached(action: Action, subject: Callable[[Any], Any] = lambda row: row) -> Callable[..., bool]:
    """Permits whom the policy allows `action` on the row, or on the `subject` the row belongs to."""
    return lambda actor, row, *_rest: may(actor, action, subject(row))


def merged(data: type[Any], row: Any, values: Values, **special: Any) -> Any:
    """The input of a service: each field of the dataclass `data` from `values`, else `special`, else as the row is."""
    names = data.__dataclass_fields__
    return data(
        **{
            name: values[name] if name in values else special[name] if name in special else getattr(row, name)
            for name in names
        }
    )
