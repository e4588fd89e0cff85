"""JSON objects with a name, so that what is wrong can be said in one line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

LARGEST = 10**6

E = TypeVar("E", bound=StrEnum)
Json = Mapping[str, Any]


class Malformed(ValueError):
    """The text is not an instance or a plan; the message is one line for whoever wrote it."""


class Fields:
    """A JSON object with a name for messages."""

    def __init__(self, data: object, where: str) -> None:
        if not isinstance(data, dict):
            raise Malformed(f"{where}: not an object")
        self.data: Json = data
        self.where = where

    def get(self, name: str) -> Any:
        return self.data.get(name)

    def expect(self, name: str, wanted: str) -> None:
        if self.data.get(name) != wanted:
            raise Malformed(f"{self.where}: {name} must be {wanted!r}, not {self.data.get(name)!r}")

    def part(self, name: str) -> Fields:
        return Fields(self.data.get(name, {}), f"{self.where}: {name}")

    def rows(self, name: str, *, optional: bool = False) -> list[Fields]:
        rows = self.data.get(name, [] if optional else None)
        if not isinstance(rows, list):
            raise Malformed(f"{self.where}: {name} must be a list")
        return [Fields(row, f"{name}[{place}]") for place, row in enumerate(rows)]

    def text(self, name: str, default: str | None = None) -> str:
        value = self.data.get(name, default)
        if not isinstance(value, str):
            raise Malformed(f"{self.where}: {name} must be a text")
        return value

    def number(self, name: str, least: int, most: int | None, default: int | None = None) -> int:
        return number_of(self.data.get(name, default), f"{self.where}: {name}", least, most)

    def numbers(self, name: str, length: int, most: int) -> tuple[int, ...]:
        values = self.data.get(name)
        if not isinstance(values, list) or len(values) != length:
            raise Malformed(f"{self.where}: {name} must be a list of {length} numbers")
        return tuple(number_of(value, f"{self.where}: {name}", 0, most) for value in values)

    def choice(self, name: str, kind: type[E], default: E) -> E:
        value = self.data.get(name, default.value)
        try:
            return kind(value)
        except ValueError:
            known = ", ".join(member.value for member in kind)
            raise Malformed(f"{self.where}: {name} must be one of {known}, not {value!r}") from None


def parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Malformed(f"not JSON: {error}") from None


def number_of(value: object, where: str, least: int, most: int | None) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise Malformed(f"{where} must be a whole number, not {value!r}")
    if value < least or (most is not None and value > most):
        raise Malformed(
            f"{where} must be {least} to {most}, not {value}" if most else f"{where} must be {least} or more"
        )
    return value


def real(value: object, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
        raise Malformed(f"{where} must be a number from 0, not {value!r}")
    return float(value)
