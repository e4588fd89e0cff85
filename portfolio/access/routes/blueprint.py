"""The blueprint of accounts and organisations."""

from flask import Blueprint

from portfolio.access import labels

bp = Blueprint("access", __name__)

for words in (labels.role_label, labels.organisation_kind_label, labels.shown):
    bp.app_template_filter(words.__name__)(words)
