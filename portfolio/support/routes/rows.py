"""Buttons that add, remove and prefill rows and save nothing."""

from flask_babel import gettext as _
from flask_babel import ngettext

from portfolio.support import queries
from portfolio.support.forms import AmountRows
from portfolio.support.forms.rows import MOST_ROWS
from portfolio.support.forms.templates import as_row
from portfolio.web.text import number_in


def rework_rows(form: AmountRows, step: str) -> bool:
    """Do what the pressed button says; whether it was one of these."""
    name, _separator, argument = step.partition(":")
    number = number_in(argument)
    match name:
        case "add":
            if not form.add_row():
                form.notice = _("Mehr als %(most)s Bedarfe passen nicht in eine Anfrage.", most=MOST_ROWS)
        case "remove" if number is not None:
            form.remove_row(number)
        case "template":
            _add_template(form, number or 0)
        case _:
            return False
    form.reworked = True
    return True


def _add_template(form: AmountRows, template_id: int) -> None:
    """What stands in the form stays; the rows of the template come behind it, as far as there is room."""
    template = queries.template_with_rows(template_id)
    if template is None:
        form.notice = _("Diese Vorlage gibt es nicht mehr.")
        return
    wanted = [as_row(row) for row in template.rows]
    added = form.prefill(wanted)
    form.notice = ngettext(
        "%(num)s Bedarf aus „%(name)s“ ergänzt.", "%(num)s Bedarfe aus „%(name)s“ ergänzt.", added, name=template.name
    )
    if added < len(wanted):
        room = _(
            "Für %(number)s weitere ist kein Platz: höchstens %(most)s Bedarfe.",
            number=len(wanted) - added,
            most=MOST_ROWS,
        )
        form.notice += f" {room}"
