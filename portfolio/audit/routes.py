"""The blueprint of the change log. Who may read which entry, only `access` knows: its routes fill this blueprint."""

from flask import Blueprint

from portfolio.audit import labels

bp = Blueprint("audit", __name__)

for words in (labels.verb_label, labels.verb_tone):
    bp.app_template_filter(words.__name__)(words)
