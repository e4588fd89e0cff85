"""Column types and constraints that several domains use."""

from typing import Annotated

from sqlalchemy import CheckConstraint, Integer, String
from sqlalchemy.orm import mapped_column

Name = Annotated[str, mapped_column(String(200))]
Title = Annotated[str, mapped_column(String(300))]
Code = Annotated[str, mapped_column(String(40))]
LongText = Annotated[str, mapped_column(String(10_000))]
Share = Annotated[int, mapped_column(Integer)]


def share_between(column: str, low: int = 1, high: int = 100) -> CheckConstraint:
    return CheckConstraint(f"{column} BETWEEN {low} AND {high}", name=f"{column}_range")


def in_order(first: str, last: str, name: str = "order") -> CheckConstraint:
    return CheckConstraint(f"{last} IS NULL OR {last} >= {first}", name=name)
