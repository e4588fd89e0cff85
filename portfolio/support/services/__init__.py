"""What can be done with a request for support, one function for each step of its way."""

from portfolio.support.services.conversation import answer, ask, comment
from portfolio.support.services.decisions import Acceptance, accept, reject
from portfolio.support.services.drafts import RequestData, change_draft, create_draft, keep_draft, submit, withdraw
from portfolio.support.services.needs import RequestNeedData
from portfolio.support.services.offers import agree, as_planned, counter, decline
from portfolio.support.services.records import Judgement
from portfolio.support.services.templates import (
    TemplateData,
    TemplateRowData,
    change_template,
    create_template,
    delete_template,
)

__all__ = [
    "Acceptance",
    "Judgement",
    "RequestData",
    "RequestNeedData",
    "TemplateData",
    "TemplateRowData",
    "accept",
    "agree",
    "answer",
    "as_planned",
    "ask",
    "change_draft",
    "change_template",
    "comment",
    "counter",
    "create_draft",
    "create_template",
    "decline",
    "delete_template",
    "keep_draft",
    "reject",
    "submit",
    "withdraw",
]
