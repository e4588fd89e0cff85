"""The blueprint of projects and their milestones."""

from flask import Blueprint

from portfolio.projects import labels

bp = Blueprint("projects", __name__)

for words in (
    labels.phase_label,
    labels.phase_tone,
    labels.light_label,
    labels.light_tone,
    labels.dimension_label,
    labels.particulars,
    labels.priority_label,
    labels.maturity_label,
    labels.risk_level_label,
    labels.risk_level_tone,
    labels.risk_words,
    labels.trend_label,
    labels.trend_tone,
    labels.deviation_words,
    labels.deviation_number,
    labels.overdue_words,
):
    bp.app_template_filter(words.__name__)(words)
