"""Buttons that add, remove and prefill rows of needs and save nothing."""

from portfolio.support import queries
from portfolio.support.forms import NeedRows
from portfolio.support.templates import TEMPLATES


def rework_rows(form: NeedRows, step: str) -> bool:
    """Do what the pressed button says; whether it was one of these."""
    name, _separator, argument = step.partition(":")
    match name:
        case "add":
            form.add_row()
        case "remove" if argument.isdecimal():
            form.remove_row(int(argument))
        case "template" if argument in TEMPLATES:
            rows = TEMPLATES[argument]
            form.prefill(rows, queries.skill_ids_by_code([row.skill_code for row in rows]))
        case _:
            return False
    return True
