"""What people type about requests."""

from portfolio.support.forms.needs import NeedForm, NeedRows
from portfolio.support.forms.request import FilterForm, RequestForm
from portfolio.support.forms.rows import AmountRows
from portfolio.support.forms.steps import AcceptForm, CommentForm, CounterForm, RejectForm, TextForm
from portfolio.support.forms.templates import TemplateForm

__all__ = [
    "AcceptForm",
    "AmountRows",
    "CommentForm",
    "CounterForm",
    "FilterForm",
    "NeedForm",
    "NeedRows",
    "RejectForm",
    "RequestForm",
    "TemplateForm",
    "TextForm",
]
