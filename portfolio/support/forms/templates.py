"""A need template: its name and its rows."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import FieldList, FormField, StringField
from wtforms.validators import DataRequired, Length

from portfolio.access.forms.text import printable
from portfolio.support.forms.rows import MOST_ROWS, AmountForm, AmountRows
from portfolio.support.models import NeedTemplate, NeedTemplateRow
from portfolio.support.services import TemplateData, TemplateRowData


class TemplateForm(AmountRows):
    """Everything a template says; its weeks are those of the request it starts."""

    name = StringField(
        _l("Name"),
        [
            DataRequired(_l("Bitte geben Sie einen Namen ein.")),
            printable,
            Length(max=200, message=_l("Der Name darf höchstens 200 Zeichen haben.")),
        ],
        description=_l("Steht als Schaltfläche im Formular der Anfrage, zum Beispiel „Standardteam Online-Antrag“."),
    )
    needs = FieldList(FormField(AmountForm), _l("Bedarfe"), min_entries=1, max_entries=MOST_ROWS)

    @classmethod
    def of(cls, template: NeedTemplate) -> "TemplateForm":
        """The form as it opens: what is stored, nothing of what was sent."""
        rows = [as_row(row) for row in template.rows]
        return cls(formdata=None, data={"version": template.version, "name": template.name, "needs": rows})

    def template_data(self) -> TemplateData:
        rows = tuple(TemplateRowData(**row.amount) for row in self.amounts if not row.is_blank)
        return TemplateData(name=self.name.data or "", rows=rows)


def as_row(row: NeedTemplateRow) -> dict[str, Any]:
    """A row of a template as a row of a form."""
    names = ("skill_id", "level", "kind", "share", "person_days", "mandatory")
    return {name: getattr(row, name) for name in names}
