"""What is done with an assignment, and what becomes of it, in whole sentences."""

from collections.abc import Iterator, Mapping
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString

from portfolio.planning.weeks import WeekRange
from portfolio.pool.models import Person
from portfolio.staffing.courses import Course, Piece, Verb
from portfolio.web.formats import format_day, format_share, format_week, format_weeks

VERBS: Mapping[Verb, LazyString] = {
    Verb.HAND_OVER: _l("Übergeben"),
    Verb.CHANGE_SHARE: _l("Anteil ändern"),
    Verb.EXTEND: _l("Verlängern"),
    Verb.SHORTEN: _l("Verkürzen"),
    Verb.END: _l("Beenden"),
}
TITLES: Mapping[Verb, LazyString] = {
    Verb.HAND_OVER: _l("Zuordnung übergeben"),
    Verb.CHANGE_SHARE: _l("Anteil der Zuordnung ändern"),
    Verb.EXTEND: _l("Zuordnung verlängern"),
    Verb.SHORTEN: _l("Zuordnung verkürzen"),
    Verb.END: _l("Zuordnung beenden"),
}


def done_words(verb: Verb, course: Course, name: str) -> str:
    """What has been done; `name` is whose assignment it is now."""
    match verb:
        case Verb.HAND_OVER:
            return _("%(name)s ist als Nachfolge eingeplant.", name=name)
        case Verb.CHANGE_SHARE:
            return _("Der Anteil ist geändert.")
        case Verb.EXTEND if course.follows:
            return _("Die zusätzlichen Wochen sind als eigene Zuordnung vorgeschlagen.")
        case Verb.EXTEND:
            return _("Die Zuordnung ist verlängert.")
        case Verb.SHORTEN:
            return _("Die Zuordnung ist verkürzt.")
        case Verb.END:
            return _("Die Zuordnung ist beendet.")


def course_words(course: Course, persons: Mapping[int, Person]) -> list[str]:
    """What becomes of the assignment, first what stays of it; `persons` are those of its pieces, by id."""
    return [*_kept(course, persons), *_follows(course, persons), *_freed(course, persons)]


def _kept(course: Course, persons: Mapping[int, Person]) -> Iterator[str]:
    held, kept, name = course.held, course.kept, persons[course.held.person_id].name
    if kept is None:
        yield _("%(name)s wird ganz von der Zuordnung genommen.", name=name)
        return
    last = format_week(kept.weeks.last)
    if kept.share != held.share:
        yield _share_changes(name, held, kept)
    if course.ends:
        yield _("%(name)s arbeitet bis %(week)s; danach ist die Zuordnung beendet.", name=name, week=last)
    elif kept.weeks != held.weeks and not _goes_on(course):
        yield _("%(name)s arbeitet bis %(week)s statt bis %(before)s%(difference)s.", name=name, week=last,
                before=format_week(held.weeks.last), difference=_difference(held.weeks, kept.weeks))  # fmt: skip


def _goes_on(course: Course) -> bool:
    """Whether the same person works on, under another assignment."""
    return course.follows is not None and course.follows.person_id == course.held.person_id


def _difference(before: WeekRange, after: WeekRange) -> str:
    weeks = len(after) - len(before)
    if weeks > 0:
        return ngettext(", %(num)s Woche mehr", ", %(num)s Wochen mehr", weeks)
    return ngettext(", %(num)s Woche weniger", ", %(num)s Wochen weniger", -weeks)


def _follows(course: Course, persons: Mapping[int, Person]) -> Iterator[str]:
    held, piece = course.held, course.follows
    if piece is None:
        return
    name = persons[piece.person_id].name
    weeks, share = format_weeks(piece.weeks.first, piece.weeks.last), format_share(piece.share)
    if piece.person_id != held.person_id:
        yield _("%(name)s übernimmt %(weeks)s mit %(share)s, zunächst als „vorgeschlagen“.", name=name, weeks=weeks,
                share=share)  # fmt: skip
        return
    if piece.share != held.share:
        yield _share_changes(name, held, piece)
    if piece.anew:
        yield _("%(weeks)s wird eine eigene Zuordnung, zunächst „vorgeschlagen“.", weeks=weeks)
    else:
        yield _("%(weeks)s wird eine eigene Zuordnung im selben Stand.", weeks=weeks)


def _share_changes(name: str, held: Piece, piece: Piece) -> str:
    return _(
        "Ab %(week)s arbeitet %(name)s mit %(share)s statt %(before)s.",
        week=format_week(piece.weeks.first),
        name=name,
        share=format_share(piece.share),
        before=format_share(held.share),
    )


def _freed(course: Course, persons: Mapping[int, Person]) -> Iterator[str]:
    for weeks, share in course.freed:
        yield _(
            "Bei %(name)s werden %(share)s frei, %(weeks)s.",
            name=persons[course.held.person_id].name,
            share=format_share(share),
            weeks=format_weeks(weeks.first, weeks.last),
        )


def agreement_words(course: Course, person: Person, needed: bool, agreed_on: date | None, asked: bool) -> str:
    """Whether the home authority has to agree anew.

    `person` works in the piece in question, and their authority's agreement is `needed` at all or not; one was given
    on `agreed_on`, or is `asked` for.
    """
    home = person.home_organisation
    if not needed or home is None:
        return _("Ein Einvernehmen ist dafür nicht nötig.")
    if course.begins_anew:
        return _("Dafür ist ein neues Einvernehmen der Stammdienststelle nötig: %(home)s.", home=home.name)
    if agreed_on is not None:
        return _("Das Einvernehmen vom %(day)s deckt das ab; ein neues ist nicht nötig.", day=format_day(agreed_on))
    if asked:
        return _("Das Einvernehmen ist angefragt, noch für den bisherigen Umfang: Sagen Sie es der Stammdienststelle.")
    return _("Das Einvernehmen der Stammdienststelle steht noch aus: %(home)s.", home=home.name)
