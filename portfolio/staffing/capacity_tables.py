"""The numbers of the capacity charts as tables, a line for each row of a chart and week, for files."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from flask_babel import gettext as _
from flask_babel import ngettext

from portfolio.exchange.write import Cell, Table
from portfolio.planning.capacity import cell
from portfolio.planning.weeks import working_days
from portfolio.pool.models import Person
from portfolio.staffing.capacity import Matrix, OrganisationCapacity, SkillCapacity
from portfolio.staffing.capacity.matrix import Hours
from portfolio.staffing.labels import cell_words
from portfolio.staffing.week_axis import names
from portfolio.web import settings


def one_decimal(hours: Hours) -> Hours:
    """Hours as they are shown, charted, exported and answered."""
    return hours.round(1)


def percent(ratio: float | None) -> int | None:
    return None if ratio is None else round(ratio * 100)


class CellWords(NamedTuple):
    """A person-week as the table shows it."""

    words: str
    """40 % frei, voll (nicht da), 20 % zu viel (3 Tage da)."""
    is_over: bool


def cells_of(figures: Matrix) -> list[list[CellWords]]:
    """Every cell in words, with the days somebody is there where they are fewer than are worked. There are far fewer
    different cells than cells."""

    @cache
    def words(pool_share: int, booked: int, days: int, worked: int) -> CellWords:
        told = _words(pool_share, booked)
        asked = days < worked and (pool_share or booked)
        return CellWords(f"{told} ({_there(days)})" if asked else told, booked > pool_share)

    worked = [working_days(week, figures.days_off) for week in figures.weeks]
    series = (figures.pool_share.tolist(), figures.booked.tolist(), figures.presence.tolist())
    return [[words(*cell_) for cell_ in zip(*lists, worked, strict=True)] for lists in zip(*series, strict=True)]


def _words(pool_share: int, booked: int) -> str:
    return cell_words(cell(pool_share, booked, settings.full_time_hours()))


def _there(days: int) -> str:
    return ngettext("%(num)s Tag da", "%(num)s Tage da", days) if days else _("nicht da")


def persons_table(persons: Sequence[Person], figures: Matrix) -> Table:
    columns = (
        _("Person"),
        _("Woche"),
        _("Poolanteil in %"),
        _("verplant in %"),
        _("frei in %"),
        _("Auslastung"),
        _("Tage da"),
        _("geliefert in h"),
    )
    return Table(_("Kapazität"), columns, list(_person_lines(persons, figures)))


def skills_table(figures: SkillCapacity, skill_id: int | None) -> Table:
    """Of one skill, or of all."""
    columns = (_("Fähigkeit"), _("Woche"), _("frei in h"), _("besetzt in h"), _("offen in h"), _("fehlt in h"))
    return Table(_("Fähigkeiten"), columns, list(_skill_lines(figures, skill_id)))


def organisations_table(figures: OrganisationCapacity) -> Table:
    columns = (
        _("Ressort"),
        _("Woche"),
        _("geliefert in h"),
        _("Anteil am Gelieferten in %"),
        _("gesucht in h"),
        _("gedeckt in h"),
        _("gedeckt in %"),
    )
    return Table(_("Ressorts"), columns, list(_organisation_lines(figures)))


def _person_lines(persons: Sequence[Person], figures: Matrix) -> Iterator[tuple[Cell, ...]]:
    weeks = names(figures.weeks)
    words = cache(_words)
    arrays = (figures.pool_share, figures.booked, figures.presence, one_decimal(figures.delivered_hours))
    for person, *lists in zip(persons, *(array.tolist() for array in arrays), strict=True):
        for week, limit, taken, days, hours in zip(weeks, *lists, strict=True):
            yield person.name, week, limit, taken, limit - taken, words(limit, taken), days, hours


def _skill_lines(figures: SkillCapacity, skill_id: int | None) -> Iterator[tuple[Cell, ...]]:
    weeks = names(figures.weeks)
    series = (figures.supply, figures.booked, figures.open, figures.missing)
    for skill, *hours in zip(figures.skills, *(one_decimal(each).tolist() for each in series), strict=True):
        if skill_id in (None, skill.id):
            for line in zip(weeks, *hours, strict=True):
                yield (skill.name, *line)


def _organisation_lines(figures: OrganisationCapacity) -> Iterator[tuple[Cell, ...]]:
    weeks = names(figures.weeks)
    series = (
        one_decimal(figures.hours).tolist(),
        [[percent(ratio) for ratio in row] for row in figures.ratios_by_week],
        one_decimal(figures.wanted).tolist(),
        one_decimal(figures.covered).tolist(),
        [[percent(ratio) for ratio in row] for row in figures.served_by_week],
    )
    for organisation, *lists in zip(figures.organisations, *series, strict=True):
        for line in zip(weeks, *lists, strict=True):
            yield (organisation.code, *line)
