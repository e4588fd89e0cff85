"""The form for an absence: two days, and nothing else."""

from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired

from portfolio.web.fields import GermanDateField, VersionedForm


class AbsenceForm(VersionedForm):
    from_date = GermanDateField(_l("Erster Tag"), [InputRequired(_l("Bitte geben Sie den ersten Tag an."))])
    to_date = GermanDateField(_l("Letzter Tag"), [InputRequired(_l("Bitte geben Sie den letzten Tag an."))])

    def values(self) -> tuple[date, date]:
        """The first and the last day, of a form that is valid."""
        first, last = self.from_date.data, self.to_date.data
        if first is None or last is None:
            raise ValueError("not a valid form")
        return first, last
