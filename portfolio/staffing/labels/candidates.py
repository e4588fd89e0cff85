"""Why somebody fits a need or does not, and why nobody does, in sentences a planner would say."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from portfolio.planning.candidates import Candidate, Fact, Reason
from portfolio.planning.problem import Need
from portfolio.planning.shortage import Shortage, ShortageKind
from portfolio.planning.weeks import Week
from portfolio.web.formats import format_share, format_weeks

MOST_RUNS = 2


def reason_words(candidate: Candidate, need: Need) -> list[str]:
    """What speaks for and against the candidate, the level first."""
    words = [text for reason in candidate.reasons if (text := _reason(reason, candidate, need))]
    if candidate.projects > 1 and not candidate.too_many_parallel:
        others = candidate.projects - 1
        words.append(ngettext("arbeitet schon in %(num)s Projekt", "arbeitet schon in %(num)s Projekten", others))
    return words


def _reason(reason: Reason, candidate: Candidate, need: Need) -> str | None:
    number = reason.number
    match reason.fact:
        case Fact.PARTLY_FREE:
            return "; ".join(_scarce(candidate, need)) or None
        case Fact.FULLY_FREE:
            return _("%(share)s frei in allen Wochen", share=format_share(number)) if number else None
        case Fact.BELOW_MINIMUM_SHARE:
            return _("durchgehend nur %(share)s frei", share=format_share(number))
        case Fact.OUTSIDE_POOL:
            return ngettext("%(num)s Woche nicht im Pool", "%(num)s Wochen nicht im Pool", number)
        case Fact.TOO_MANY_PARALLEL:
            return ngettext("wäre in %(num)s Projekt zugleich", "wäre in %(num)s Projekten zugleich", number)
        case Fact.ON_PROJECT_ALREADY:
            return _("kennt das Projekt schon")
        case Fact.ABSENT:
            return ngettext("%(num)s Tag nicht verfügbar", "%(num)s Tage nicht verfügbar", number)
        case _:
            return _level(reason, candidate)


def _level(reason: Reason, candidate: Candidate) -> str:
    number = reason.number
    match reason.fact:
        case Fact.LEVEL_MATCHES:
            return _("Stufe %(level)s passt genau", level=number)
        case Fact.LEVEL_ABOVE:
            return _("Stufe %(level)s, mehr als gefordert", level=candidate.fit.held)
        case Fact.LEVEL_BELOW:
            return _("nur Stufe %(level)s", level=candidate.fit.best)
        case Fact.LEVEL_LAPSES:
            return _("Stufe %(level)s gilt nicht in allen Wochen", level=number)
        case _:
            return _("Fähigkeit fehlt")


def _scarce(candidate: Candidate, need: Need) -> Iterator[str]:
    """The weeks with less free than wanted: in KW 02/2027 – KW 04/2027 nur 20 % frei."""
    weeks = zip(need.weeks, candidate.free, strict=True)
    scarce = [(week, free) for week, free in weeks if free < need.share]
    runs = [list(run) for _key, run in groupby(scarce, key=_RunKey())]
    for run in runs[:MOST_RUNS]:
        span, free = format_weeks(run[0][0], run[-1][0]), run[0][1]
        yield _("in %(weeks)s nur %(share)s frei", weeks=span, share=format_share(free))
    if left := sum(len(run) for run in runs[MOST_RUNS:]):
        yield ngettext("in %(num)s weiteren Woche zu wenig frei", "in %(num)s weiteren Wochen zu wenig frei", left)


class _RunKey:
    """Tells weeks in a row with the same share from those that begin a new run."""

    def __init__(self) -> None:
        self.place = 0

    def __call__(self, entry: tuple[Week, int]) -> tuple[int, int]:
        week, free = entry
        self.place += 1
        return week.index - self.place, free


def runs_of_weeks(weeks: Iterable[Week]) -> list[tuple[Week, Week]]:
    """First and last of each run of weeks in a row."""
    runs = (list(run) for _key, run in groupby(((week, 0) for week in weeks), key=_RunKey()))
    return [(run[0][0], run[-1][0]) for run in runs]


def shortage_words(shortage: Shortage, need: Need, skill: str) -> list[str]:
    """Why nobody can take the need whole: first the reason, then what follows from it."""
    wanted = _("%(skill)s ab Stufe %(level)s", skill=skill, level=need.level) if need.level else skill
    match shortage.kind:
        case ShortageKind.NO_SKILL:
            return [_("Niemand im Pool hat in diesen Wochen die Fähigkeit „%(skill)s“.", skill=skill)]
        case ShortageKind.NO_LEVEL:
            return list(_no_level(shortage, wanted))
        case ShortageKind.NO_CAPACITY:
            return [_no_capacity(shortage, wanted)]
        case ShortageKind.NOBODY_ALONE:
            return [_nobody_alone(shortage)]
        case ShortageKind.TOO_MANY_PARALLEL:
            return [_("Wer geeignet und frei ist, würde in zu vielen Projekten zugleich arbeiten.")]


def _no_level(shortage: Shortage, wanted: str) -> Iterator[str]:
    yield _("Niemand hat %(wanted)s über alle Wochen.", wanted=wanted)
    if shortage.one_below:
        yield ngettext(
            "%(num)s Person liegt eine Stufe darunter.",
            "%(num)s Personen liegen eine Stufe darunter.",
            shortage.one_below,
        )


def _no_capacity(shortage: Shortage, wanted: str) -> str:
    missing = format_decimal(shortage.missing / 100, "0.##")
    weeks = _spans([bottleneck.week for bottleneck in shortage.bottlenecks])
    where = f"{wanted}, {weeks}" if weeks else wanted
    return _("%(where)s: %(missing)s Personenwochen fehlen, wen auch immer man einsetzt.", where=where, missing=missing)


def _nobody_alone(shortage: Shortage) -> str:
    return ngettext(
        "%(num)s geeignete Person hat allein zu wenig frei.",
        "%(num)s geeignete Personen haben zusammen genug frei, aber niemand allein. Teilen Sie den Bedarf auf.",
        shortage.qualified,
    )


def _spans(weeks: Sequence[Week]) -> str:
    return ", ".join(format_weeks(first, last) for first, last in runs_of_weeks(weeks))
