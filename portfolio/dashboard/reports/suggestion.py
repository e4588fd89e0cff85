"""What milestones and staffing suggest for two of the lights, with the calculation in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from portfolio.planning.coverage import Coverage
from portfolio.planning.lights import Light, Thresholds, days_late, light_of_coverage, light_of_delay
from portfolio.projects.labels import deviation_words
from portfolio.projects.trends import TrendLine
from portfolio.web.formats import format_share


@dataclass(frozen=True, slots=True)
class Suggestion:
    dimension: str
    light: Light
    words: str
    """From what it was computed."""


def suggestions(
    lines: Sequence[TrendLine], coverage: Coverage | None, today: date, thresholds: Thresholds
) -> list[Suggestion]:
    """For dates and staff, as far as the project has milestones and needs."""
    found = []
    if open_lines := [line for line in lines if line.reached is None]:
        late = [(days_late(line.planned, line.expected, today), line) for line in open_lines]
        days, line = max(late, key=lambda pair: pair[0])
        found.append(Suggestion("dates", light_of_delay(days, thresholds), _delay_words(days, line, thresholds)))
    if coverage is not None:
        found.append(
            Suggestion("staff", light_of_coverage(coverage.ratio, thresholds), _coverage_words(coverage, thresholds))
        )
    return found


def _delay_words(days: int, line: TrendLine, thresholds: Thresholds) -> str:
    if days == 0:
        return _("kein offener Meilenstein ist im Verzug")
    return _(
        "„%(title)s“ %(deviation)s (Gelb ab %(yellow)s, Rot ab %(red)s Wochen)",
        title=line.title,
        deviation=deviation_words(days),
        yellow=thresholds.late_yellow,
        red=thresholds.late_red,
    )


def _coverage_words(coverage: Coverage, thresholds: Thresholds) -> str:
    return _(
        "%(share)s der Bedarfe gedeckt (Gelb unter %(yellow)s, Rot unter %(red)s)",
        share=format_share(int(coverage.ratio * 100)),
        yellow=format_share(round(thresholds.covered_yellow * 100)),
        red=format_share(round(thresholds.covered_red * 100)),
    )
