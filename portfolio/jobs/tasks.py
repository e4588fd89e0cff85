"""Which functions the worker can run, and which of them it runs again and again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

Result = dict[str, Any] | None
Function = Callable[..., Result]


@dataclass(frozen=True, slots=True)
class Task:
    """A function for jobs of one kind; `every` makes it periodic. It flushes, the worker commits."""

    function: Function
    every: timedelta | None = None


REGISTRY: dict[str, Task] = {}


def task(kind: str, every: timedelta | None = None) -> Callable[[Function], Function]:
    """Register a function as what jobs of `kind` do. It must be able to run twice: a killed job is tried again."""

    def register(function: Function) -> Function:
        REGISTRY[kind] = Task(function, every)
        return function

    return register
