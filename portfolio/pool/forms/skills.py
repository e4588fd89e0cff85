"""Forms for the levels of a person, and for the skill catalogue."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, FormField, SearchField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from portfolio.access.forms.text import NUL, printable
from portfolio.pool.forms.person import stripped
from portfolio.pool.forms.rows import MOST_ROWS, Row, filled, needed, spare_prefix
from portfolio.pool.labels import LEVELS, NO_SENSITIVE_DATA, level_label
from portfolio.pool.models import Person, Skill
from portfolio.pool.services import Confirmation, SkillData, SkillLevelData
from portfolio.web.fields import BaseForm, ChoiceField, GermanDateField, IdSelectField, VersionedForm, WeekField

LONGEST_SEARCH = 200


class SkillLevelRow(Row):
    skill_id = IdSelectField(
        _l("Fähigkeit"),
        [needed(_l("Bitte wählen Sie eine Fähigkeit."))],
        invalid_choice_message=_l("Bitte wählen Sie eine Fähigkeit aus der Liste."),
        invalid_value_message=_l("Bitte wählen Sie eine Fähigkeit aus der Liste."),
    )
    level = IdSelectField(
        _l("Stufe"),
        [needed(_l("Bitte wählen Sie eine Stufe."))],
        invalid_choice_message=_l("Die Stufe muss zwischen 0 und 4 liegen."),
        invalid_value_message=_l("Die Stufe muss zwischen 0 und 4 liegen."),
    )
    valid_from_week = WeekField(_l("Gilt ab KW"), render_kw={"autocomplete": "off"})
    valid_to_week = WeekField(_l("Gilt bis KW"), render_kw={"autocomplete": "off"})
    evidence = StringField(
        _l("Nachweis"),
        [Length(max=1000), printable],
        filters=[stripped],
        render_kw={"autocomplete": "off"},
    )

    def validate(self, extra_validators: Any = None) -> bool:
        sound = super().validate(extra_validators)
        first, last = self.valid_from_week.data, self.valid_to_week.data
        if first and last and last < first:
            self.valid_to_week.errors = [*self.valid_to_week.errors, _("Die letzte Woche liegt vor der ersten.")]
            return False
        return bool(sound)


class SkillLevelsForm(VersionedForm):
    skills = FieldList(FormField(SkillLevelRow), _l("Fähigkeiten"), min_entries=1, max_entries=MOST_ROWS)

    @classmethod
    def of(cls, person: Person) -> "SkillLevelsForm":
        """The form as it opens: what is stored, nothing of what was sent."""
        names = ("skill_id", "level", "valid_from_week", "valid_to_week", "evidence")
        rows = [{name: getattr(row, name) for name in names} for row in person.skills]
        return cls(None, data={"skills": rows, "version": person.version})

    def offer(self, skills: Sequence[Skill]) -> None:
        """Offer these skills by area, and the five levels, in every row and the spare one."""
        self.spare_row = SkillLevelRow(None, prefix=spare_prefix(self.skills))
        offered = [SelectChoice("", _("Bitte wählen")), *(SelectChoice(s.id, s.name, optgroup=s.area) for s in skills)]
        levels = [(level, level_label(level)) for level in LEVELS]
        for row in (*(entry.form for entry in self.skills.entries), self.spare_row):
            row.skill_id.choices = offered
            row.level.offer(levels, _("Bitte wählen"))

    def values(self) -> list[SkillLevelData]:
        return [
            SkillLevelData(
                skill_id=row.skill_id.data,
                level=row.level.data,
                valid_from_week=row.valid_from_week.data,
                valid_to_week=row.valid_to_week.data,
                evidence=row.evidence.data or "",
            )
            for row in filled(self.skills)
        ]


class ConfirmForm(VersionedForm):
    """That evidence for a skill was seen."""

    evidence = StringField(
        _l("Nachweis"),
        [DataRequired(_l("Bitte nennen Sie, was Sie gesehen haben.")), Length(max=1000), printable],
        filters=[stripped],
        description=_l(
            "Zum Beispiel „Zertifikat ISTQB Foundation 2025“. Bitte keine Gesundheits- oder Personalaktendaten."
        ),
        render_kw={"autocomplete": "off"},
    )
    day = GermanDateField(_l("Gesehen am"), [InputRequired(_l("Bitte geben Sie den Tag an."))])
    consent = BooleanField(
        _l("Die Person ist einverstanden, dass die Bestätigung gespeichert wird"),
        [DataRequired(_l("Ohne Einverständnis der Person darf die Fähigkeit nicht bestätigt werden."))],
    )

    def values(self, user_id: int) -> Confirmation:
        return Confirmation(evidence=self.evidence.data or "", day=self.day.data, user_id=user_id)


class SkillForm(VersionedForm):
    """An entry of the skill catalogue."""

    name = StringField(
        _l("Name"),
        [DataRequired(_l("Bitte geben Sie einen Namen ein.")), Length(max=200), printable],
        filters=[stripped],
        description=NO_SENSITIVE_DATA,
    )
    code = StringField(
        _l("Kürzel"),
        [DataRequired(_l("Bitte geben Sie ein Kürzel ein.")), Length(max=40), printable],
        filters=[stripped],
        description=_l("Kommt in Importdateien vor, zum Beispiel FIM-P."),
    )
    area = StringField(
        _l("Bereich"),
        [DataRequired(_l("Bitte geben Sie einen Bereich an.")), Length(max=200), printable],
        filters=[stripped],
        description=_l("Wählen Sie einen vorhandenen Bereich oder nennen Sie einen neuen."),
    )

    def values(self) -> SkillData:
        return SkillData(code=self.code.data or "", name=self.name.data or "", area=self.area.data or "")


def plain(text: str | None) -> str:
    """A search text as the database takes it."""
    return (text or "").replace(NUL, "")[:LONGEST_SEARCH]


class SkillFilterForm(BaseForm):
    """The filter of the skill catalogue; what makes no sense filters nothing."""

    class Meta:
        csrf = False

    q = SearchField(_l("Suche"), filters=[plain])
    area = ChoiceField(_l("Bereich"))

    def __init__(self, arguments: Any, areas: Sequence[str]) -> None:
        super().__init__(arguments)
        self.area.choices = [SelectChoice("", _("Alle Bereiche")), *(SelectChoice(area, area) for area in areas)]

    @property
    def chosen_area(self) -> str | None:
        known = {choice.value for choice in self.area.choices or ()}
        return self.area.data if self.area.data and self.area.data in known else None
