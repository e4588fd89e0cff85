"""What people type about needs, assignments and capacity."""

from portfolio.staffing.forms.assignments import BookingForm, ChangeForm, NewBookingForm, StateForm
from portfolio.staffing.forms.capacity import CapacityFilterForm
from portfolio.staffing.forms.needs import NeedFilterForm, NeedForm

__all__ = [
    "BookingForm",
    "CapacityFilterForm",
    "ChangeForm",
    "NeedFilterForm",
    "NeedForm",
    "NewBookingForm",
    "StateForm",
]
