"""What people are told of. Each domain declares its kinds; a notice in the database names its kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

Facts: TypeAlias = Mapping[str, str]
"""What happened, as far as the thing does not say it any more: weeks, days, titles; never somebody's own words."""
Thing = TypeVar("Thing")

KINDS: dict[str, "Kind[Any]"] = {}


@dataclass(frozen=True, slots=True, eq=False)
class Kind(Generic[Thing]):
    """Something that happens to a thing of `model`; `words` say it, in the language of whoever reads.

    Of the notices about one thing that share a `topic` and are not read yet, only the latest is kept.
    """

    name: str
    topic: str
    model: type[Thing]
    words: Callable[[Thing, Facts], str]

    def __post_init__(self) -> None:
        if KINDS.setdefault(self.name, self) is not self:
            raise ValueError(f"two kinds of notice are called {self.name}")


def names_about(model: type, topic: str | None = None) -> list[str]:
    """The kinds that are about things of `model`, all or those of a topic."""
    return [kind.name for kind in KINDS.values() if kind.model is model and topic in (None, kind.topic)]
