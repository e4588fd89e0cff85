"""What people type about needs, assignments and capacity."""

from portfolio.staffing.forms.assignments import BookingForm, ChangeForm, NewBookingForm, StateForm
from portfolio.staffing.forms.capacity import CapacityFilterForm, WeeksForm
from portfolio.staffing.forms.lifecycle import COURSE_FORMS, BookingCourseForm, CourseForm, HandOverForm, usual
from portfolio.staffing.forms.needs import NeedFilterForm, NeedForm

__all__ = [
    "COURSE_FORMS",
    "BookingCourseForm",
    "BookingForm",
    "CapacityFilterForm",
    "ChangeForm",
    "CourseForm",
    "HandOverForm",
    "NeedFilterForm",
    "NeedForm",
    "NewBookingForm",
    "StateForm",
    "WeeksForm",
    "usual",
]
