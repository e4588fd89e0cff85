"""What is asked when an assignment is ended, shortened, extended, given another share or handed over."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.validators import InputRequired, Optional

from portfolio.planning.weeks import Week, WeekRange
from portfolio.pool.models import Person
from portfolio.pool.problems import Excess
from portfolio.staffing import courses
from portfolio.staffing.checks import sensible_weeks
from portfolio.staffing.courses import Course, Piece, Verb
from portfolio.staffing.exits import exits
from portfolio.staffing.forms.assignments import Way, over_all, override_reason, person_choices, with_fewer_weeks
from portfolio.staffing.models import Assignment
from portfolio.web.fields import IdSelectField, ShareField, VersionedForm, WeekField
from portfolio.web.formats import format_share, format_week

NOT_ASKED = frozenset({"csrf_token", "version", "seen", "override_reason", "chosen"})


class CourseForm(VersionedForm):
    """A step that first shows what it leads to: `seen` is what the page showed the consequences of."""

    seen = HiddenField()

    @classmethod
    def opened(cls, assignment: Assignment, arguments: Mapping[str, Any]) -> "CourseForm":
        """The form as its page opens."""
        return cls(formdata=None, version=assignment.version, **arguments)

    @property
    def asked(self) -> dict[str, Any]:
        """The values that say what is to be done, as a form sends them."""
        return {each.name: "" if each.data is None else str(each.data) for each in self if each.name not in NOT_ASKED}

    @property
    def wish(self) -> str:
        return "|".join(self.asked.values())

    @property
    def was_seen(self) -> bool:
        """Whether the page has shown what exactly this leads to."""
        return bool(self.seen.data == self.wish)

    def course(self, held: Piece, agreed: bool) -> Course:
        """What is asked for; `agreed` where the home authority's agreement reaches no further than `held`."""
        raise NotImplementedError

    def ways_out(self, course: Course, excess: Sequence[Excess]) -> list[Way]:
        """What would fit instead, where the course met with `excess`."""
        return []


class BookingCourseForm(CourseForm):
    """It may book more, and so be too much."""

    override_reason = override_reason()


def _last_week() -> WeekField:
    needed = InputRequired(_l("Bitte geben Sie die letzte Woche an."))
    hint = _l("Zum Beispiel KW 49/2026. Diese Woche zählt mit.")
    return WeekField(_l("Letzte Woche"), [needed], description=hint)


def _first_week() -> WeekField:
    needed = InputRequired(_l("Bitte geben Sie die erste Woche an."))
    return WeekField(_l("Ab Woche"), [needed], description=_l("Zum Beispiel KW 49/2026"))


class EndForm(CourseForm):
    to_week = _last_week()

    def course(self, held: Piece, agreed: bool) -> Course:
        return courses.end(held, self.to_week.data)


class ShortenForm(CourseForm):
    to_week = _last_week()

    def course(self, held: Piece, agreed: bool) -> Course:
        return courses.shorten(held, self.to_week.data)


class ExtendForm(BookingCourseForm):
    to_week = _last_week()

    def course(self, held: Piece, agreed: bool) -> Course:
        return courses.extend(held, self.to_week.data, agreed)

    def ways_out(self, course: Course, excess: Sequence[Excess]) -> list[Way]:
        """As far as it fits without a gap."""
        last = min(week.week for week in excess) - 1
        if last <= course.held.weeks.last:
            return []
        return [Way(_("Nur bis %(week)s verlängern", week=format_week(last)), {"to_week": last})]


class ShareForm(BookingCourseForm):
    from_week = _first_week()
    share = ShareField(
        _l("Neuer Anteil in Prozent"),
        [InputRequired(_l("Bitte geben Sie den Anteil an einer Vollzeitstelle an."))],
        description=_l("von einer Vollzeitstelle"),
    )

    def course(self, held: Piece, agreed: bool) -> Course:
        return courses.change_share(held, self.from_week.data, self.share.data, agreed)

    def ways_out(self, course: Course, excess: Sequence[Excess]) -> list[Way]:
        """Less from the same week on, or the same from a later one."""
        weeks = WeekRange(self.from_week.data, course.held.weeks.last)
        found, ways = exits(weeks, excess), []
        if found.share and found.share != course.held.share:
            ways.append(Way(over_all(found.share), {"share": found.share}))
        if found.weeks and found.weeks.last == weeks.last:
            words = _("Mit %(share)s erst ab %(week)s", share=format_share(self.share.data),
                      week=format_week(found.weeks.first))  # fmt: skip
            ways.append(Way(words, {"from_week": found.weeks.first}))
        return ways


class HandOverForm(BookingCourseForm):
    """To whom, from when; share and weeks are those of the assignment, unless it was too much."""

    from_week = _first_week()
    person_id = IdSelectField(
        _l("Neue Person"),
        [InputRequired(_l("Bitte wählen Sie eine Person."))],
        description=_l("Unten steht, wer in Frage kommt."),
        validate_choice=False,
    )
    share = ShareField(_l("Anteil in Prozent"), [Optional()], description=_l("von einer Vollzeitstelle"))
    begins = WeekField(_l("Übernimmt von Woche"), [Optional()])
    ends = WeekField(_l("Übernimmt bis Woche"), [Optional()], description=_l("Diese Woche zählt mit."))

    chosen = IdSelectField(validate_choice=False)
    """Who was chosen from the list of candidates, by a button that sends what else was typed along."""

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        if self.chosen.data:
            self.person_id.data, self.person_id.raw_data = self.chosen.data, self.chosen.raw_data

    def offer(self, persons: Sequence[Person]) -> None:
        self.person_id.offer(person_choices(persons), _("Bitte wählen"))

    @property
    def is_partial(self) -> bool:
        """Whether less is taken over than what is left."""
        return bool(self.begins.data or self.ends.data)

    def course(self, held: Piece, agreed: bool) -> Course:
        first = self.from_week.data
        weeks = sensible_weeks(self.begins.data or first, self.ends.data or held.weeks.last)
        return courses.hand_over(held, first, Piece(self.person_id.data or 0, self.share.data or held.share, weeks))

    def ways_out(self, course: Course, excess: Sequence[Excess]) -> list[Way]:
        """Less over all the weeks, or as many weeks as fit; the rest of the need stands open then."""
        taken = course.follows or course.held
        found, ways = exits(taken.weeks, excess), []
        if found.share:
            ways.append(Way(over_all(found.share), {"share": found.share}))
        if found.weeks:
            weeks = {"begins": found.weeks.first, "ends": found.weeks.last}
            ways.append(Way(with_fewer_weeks(taken.share, found.weeks), weeks))
        return ways


COURSE_FORMS: Mapping[Verb, type[CourseForm]] = {
    Verb.HAND_OVER: HandOverForm,
    Verb.CHANGE_SHARE: ShareForm,
    Verb.EXTEND: ExtendForm,
    Verb.SHORTEN: ShortenForm,
    Verb.END: EndForm,
}


def usual(verb: Verb, held: WeekRange, this_week: Week) -> dict[str, Week]:
    """The week a page opens with: what was worked stays, what comes is changed."""

    def within(week: Week) -> Week:
        return min(max(week, held.first), held.last)

    match verb:
        case Verb.END:
            return {"to_week": within(this_week)}
        case Verb.CHANGE_SHARE | Verb.HAND_OVER:
            return {"from_week": within(this_week + 1)}
        case _:
            return {}
