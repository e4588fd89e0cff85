"""What a change does to needs and to people's work, in whole sentences."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from portfolio.planning.coverage import Coverage
from portfolio.planning.effects import Delivery, Effect, Span
from portfolio.staffing.felt import Felt
from portfolio.staffing.labels.names import need_title
from portfolio.web.formats import format_share, format_weeks, format_work

MOST_SPANS = 3


def felt_words(felt: Felt) -> str:
    """Bedarf „FIM-Prozesse“ (Wohngeld): KW 10/2027 – KW 12/2027 12 h statt 24 h; gedeckt 88 % statt 100 %."""
    return f"{work_title(felt)}: {change_words(felt)}."


def change_words(felt: Felt) -> str:
    """KW 10/2027 – KW 12/2027 12 h statt 24 h; gedeckt 88 % statt 100 %."""
    return "; ".join(text for text in (hours_words(felt.delivery.spans), _coverage(felt.effect)) if text)


def total_words(felt: Sequence[Felt]) -> str:
    """3 Bedarfe oder Einsätze sind betroffen: zusammen 36 h weniger."""
    lost = sum(each.delivery.lost for each in felt)
    lead = ngettext(
        "%(num)s Bedarf oder Einsatz ist betroffen", "%(num)s Bedarfe oder Einsätze sind betroffen", len(felt)
    )
    if not lost:
        return f"{lead}."
    hours = format_work(abs(lost))
    end = _("zusammen %(hours)s weniger", hours=hours) if lost > 0 else _("zusammen %(hours)s mehr", hours=hours)
    return f"{lead}: {end}."


def work_title(felt: Felt) -> str:
    """Which work is meant: the need and its project, or the project alone."""
    if felt.need is None:
        return felt.project.title
    return _("Bedarf „%(need)s“ (%(project)s)", need=need_title(felt.need), project=felt.project.title)


def hours_words(spans: Sequence[Span]) -> str:
    """KW 10/2027 – KW 12/2027 12 h statt 24 h."""
    named = [
        _(
            "%(weeks)s %(after)s statt %(before)s",
            weeks=format_weeks(span.first, span.last),
            after=format_work(span.after),
            before=format_work(span.before),
        )
        for span in spans[:MOST_SPANS]
    ]
    if more := len(spans[MOST_SPANS:]):
        named.append(ngettext("und in %(num)s weiteren Zeitraum", "und in %(num)s weiteren Zeiträumen", more))
    return ", ".join(named)


def short_words(delivery: Delivery) -> str:
    """Where less is delivered than the shares promise; empty where nothing is lacking."""
    if not delivery.spans:
        return ""
    weeks = len(delivery.changes)
    lead = ngettext(
        "In %(num)s Woche wird weniger geliefert, als der Anteil verspricht (Feiertage, Abwesenheiten)",
        "In %(num)s Wochen wird weniger geliefert, als der Anteil verspricht (Feiertage, Abwesenheiten)",
        weeks,
    )
    return f"{lead}: {hours_words(delivery.spans)}."


def opening_words(effect: Effect) -> list[str]:
    """Where the need stands open, or is filled again, by the change."""
    return [_opening(span) for span in effect.openings]


def _opening(span: Span) -> str:
    weeks, share = format_weeks(span.first, span.last), format_share(span.after)
    if not span.after:
        return _("%(weeks)s: nichts mehr offen", weeks=weeks)
    if not span.before:
        return _("%(weeks)s: %(share)s offen", weeks=weeks, share=share)
    return _("%(weeks)s: %(share)s offen statt %(before)s", weeks=weeks, share=share, before=format_share(span.before))


def _coverage(effect: Effect | None) -> str:
    if effect is None:
        return ""
    before, after = (_percent(each) for each in (effect.covered_before, effect.covered_after))
    if before == after:
        return _("gedeckt weiterhin %(share)s", share=format_share(after))
    return _("gedeckt %(after)s statt %(before)s", after=format_share(after), before=format_share(before))


def _percent(coverage: Coverage) -> int:
    """Rounded down: what is not covered in full never reads as if it were."""
    return int(coverage.ratio * 100)
