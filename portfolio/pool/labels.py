"""Words for the pool: levels of skills, and the refusals."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString

from portfolio.planning.weeks import Week
from portfolio.pool import problems
from portfolio.pool.models import PersonSkill, Validity
from portfolio.web.formats import format_share, format_week
from portfolio.web.problems import describe

LEVELS: Mapping[int, LazyString] = {
    0: _l("keine"),
    1: _l("Grundkenntnisse"),
    2: _l("Anwendung"),
    3: _l("Fortgeschritten"),
    4: _l("Expertin/Experte"),
}

NO_SENSITIVE_DATA = _l("Bitte keine Gesundheits- oder Personalaktendaten eintragen.")


def level_label(level: int) -> str:
    """3 – Fortgeschritten."""
    return f"{level} – {LEVELS[level]}"


def validity_words(skill: PersonSkill, this_week: Week) -> tuple[str, str] | None:
    """What the weeks of a skill say of now, with a tone; None where it simply holds."""
    match skill.validity(this_week):
        case Validity.UPCOMING:
            return _("gilt noch nicht"), "info"
        case Validity.ENDED:
            return _("abgelaufen, zählt nicht"), "warning"
        case Validity.ENDING if skill.valid_to_week is not None:
            left = skill.valid_to_week - this_week
            if left == 0:
                return _("läuft diese Woche ab"), "warning"
            return ngettext("läuft in %(num)s Woche ab", "läuft in %(num)s Wochen ab", left), "warning"
    return None


@describe.register
def _overbooked(_problem: problems.Overbooked) -> str:
    return _("In einigen Wochen ist mehr verplant, als der Poolanteil dann zulässt.")


@describe.register
def _unknown_organisation(_problem: problems.UnknownOrganisation) -> str:
    return _("Diese Behörde gibt es nicht. Bitte wählen Sie eine aus der Liste.")


@describe.register
def _contract_share(_problem: problems.ContractShareOutOfRange) -> str:
    return _("Der Vertragsanteil muss zwischen 1 und 100 Prozent liegen.")


@describe.register
def _too_many_parallel(_problem: problems.TooManyParallel) -> str:
    return _("Bitte geben Sie 1 bis 20 Projekte an.")


@describe.register
def _pool_share(_problem: problems.PoolShareOutOfRange) -> str:
    return _("Der Poolanteil muss zwischen 0 und 100 Prozent liegen.")


@describe.register
def _above_contract(problem: problems.ShareAboveContract) -> str:
    share = format_share(problem.contract_share)
    return _("Der Poolanteil kann nicht größer sein als der Vertragsanteil von %(share)s.", share=share)


@describe.register
def _below_pool_share(_problem: problems.ContractBelowPoolShare) -> str:
    return _("Der Poolanteil ist größer. Bitte verringern Sie zuerst den Poolanteil.")


@describe.register
def _periods_overlap(problem: problems.PeriodsOverlap) -> str:
    return _(
        "Für %(week)s gibt es zwei Poolanteile. Zeiträume dürfen sich nicht überschneiden.",
        week=format_week(problem.week),
    )


@describe.register
def _ends_before_start(_problem: problems.EndsBeforeStart) -> str:
    return _("Das Ende liegt vor dem Anfang.")


@describe.register
def _unknown_skill(_problem: problems.UnknownSkill) -> str:
    return _("Bitte wählen Sie Fähigkeiten aus der Liste.")


@describe.register
def _skill_named_twice(_problem: problems.SkillNamedTwice) -> str:
    return _("Dieselbe Fähigkeit steht zweimal für denselben Beginn da.")


@describe.register
def _level_out_of_range(_problem: problems.LevelOutOfRange) -> str:
    return _("Die Stufe muss zwischen 0 und 4 liegen.")


@describe.register
def _seen_in_the_future(_problem: problems.SeenInTheFuture) -> str:
    return _("Dieser Tag liegt in der Zukunft. Bitte geben Sie an, wann Sie den Nachweis gesehen haben.")


@describe.register
def _code_taken(_problem: problems.CodeTaken) -> str:
    return _("Dieses Kürzel hat schon eine andere Fähigkeit.")


@describe.register
def _absence_overlaps(_problem: problems.AbsenceOverlaps) -> str:
    return _("Für einen dieser Tage ist schon eine Abwesenheit eingetragen.")


@describe.register
def _day_out_of_range(_problem: problems.DayOutOfRange) -> str:
    return _("Bitte geben Sie einen Tag zwischen 2000 und 2099 an.")
