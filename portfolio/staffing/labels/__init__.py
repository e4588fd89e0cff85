"""Words for what staffing knows."""

from portfolio.staffing.labels import refusals  # noqa: F401  (registers the sentences)
from portfolio.staffing.labels.candidates import reason_words, runs_of_weeks, shortage_words
from portfolio.staffing.labels.cautions import caution_words
from portfolio.staffing.labels.courses import TITLES, VERBS, agreement_words, course_words, done_words
from portfolio.staffing.labels.effects import (
    change_words,
    felt_words,
    opening_words,
    short_words,
    total_words,
    work_title,
)
from portfolio.staffing.labels.names import (
    FORMS,
    NEED_KINDS,
    PRIORITIES,
    STATES,
    STEPS,
    cell_words,
    form_label,
    level_label,
    need_title,
    staffing_tone,
    staffing_words,
    state_label,
    state_tone,
    step_label,
)
from portfolio.staffing.labels.shortfalls import shortfall_words

__all__ = [
    "FORMS",
    "NEED_KINDS",
    "PRIORITIES",
    "STATES",
    "STEPS",
    "TITLES",
    "VERBS",
    "agreement_words",
    "caution_words",
    "cell_words",
    "change_words",
    "course_words",
    "done_words",
    "felt_words",
    "form_label",
    "level_label",
    "need_title",
    "opening_words",
    "reason_words",
    "runs_of_weeks",
    "short_words",
    "shortage_words",
    "shortfall_words",
    "staffing_tone",
    "staffing_words",
    "state_label",
    "state_tone",
    "step_label",
    "total_words",
    "work_title",
]
