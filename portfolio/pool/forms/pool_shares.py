"""The form for the pool shares of a person: rows of weeks with a share."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, FormField
from wtforms.validators import NumberRange, Optional

from portfolio.pool.forms.rows import MOST_ROWS, Row, filled, needed, spare_prefix
from portfolio.pool.models import Person
from portfolio.pool.services import PoolShareData
from portfolio.web.fields import ShareField, VersionedForm, WeekField


class PoolShareField(ShareField):
    """A share from 0: nothing may be planned, and that is said rather than left out."""

    def __init__(self, label: Any = None, validators: Any = (), **kwargs: Any) -> None:
        super().__init__(label, validators, **kwargs)
        limits = NumberRange(0, 100, _l("Der Anteil muss zwischen 0 und 100 Prozent liegen."))
        self.validators = [*validators, limits]
        self.flags.min = 0


class PoolShareRow(Row):
    from_week = WeekField(
        _l("Von KW"),
        [needed(_l("Bitte geben Sie die erste Woche an, zum Beispiel KW 49/2026."))],
        render_kw={"placeholder": "KW 49/2026", "autocomplete": "off"},
    )
    to_week = WeekField(_l("Bis KW (leer: ohne Ende)"), render_kw={"placeholder": "KW 12/2027", "autocomplete": "off"})
    share = PoolShareField(_l("Anteil in Prozent"), [needed(_l("Bitte geben Sie den Anteil an.")), Optional()])

    def validate(self, extra_validators: Any = None) -> bool:
        sound = super().validate(extra_validators)
        first, last = self.from_week.data, self.to_week.data
        if first and last and last < first:
            self.to_week.errors = [*self.to_week.errors, _("Die letzte Woche liegt vor der ersten.")]
            return False
        return bool(sound)


class PoolSharesForm(VersionedForm):
    pool_shares = FieldList(FormField(PoolShareRow), _l("Poolanteile"), min_entries=1, max_entries=MOST_ROWS)
    accept_conflict = BooleanField(_l("Trotzdem speichern: bleibt als offener Konflikt sichtbar"))

    @classmethod
    def of(cls, person: Person) -> "PoolSharesForm":
        """The form as it opens: what is stored, nothing of what was sent."""
        shares = [{"from_week": r.from_week, "to_week": r.to_week, "share": r.share} for r in person.pool_shares]
        return cls(None, data={"pool_shares": shares, "version": person.version})

    @property
    def spare_row(self) -> PoolShareRow:
        return PoolShareRow(None, prefix=spare_prefix(self.pool_shares))

    def values(self) -> list[PoolShareData]:
        return [
            PoolShareData(from_week=row.from_week.data, to_week=row.to_week.data, share=row.share.data)
            for row in filled(self.pool_shares)
        ]
