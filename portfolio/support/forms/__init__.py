"""What people type about requests."""

from portfolio.support.forms.needs import NeedForm, NeedRows
from portfolio.support.forms.request import FilterForm, RequestForm
from portfolio.support.forms.steps import AcceptForm, CounterForm, StepForm, TextForm

__all__ = ["AcceptForm", "CounterForm", "FilterForm", "NeedForm", "NeedRows", "RequestForm", "StepForm", "TextForm"]
