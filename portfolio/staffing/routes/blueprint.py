"""The blueprint of staffing, and the words its templates use."""

from flask import Blueprint

from portfolio.staffing import labels

bp = Blueprint("staffing", __name__)

for words in (
    labels.state_label,
    labels.state_tone,
    labels.step_label,
    labels.form_label,
    labels.need_title,
    labels.level_label,
    labels.caution_words,
    labels.change_words,
    labels.felt_words,
    labels.opening_words,
    labels.total_words,
    labels.work_title,
):
    bp.app_template_filter(f"staffing_{words.__name__}")(words)
