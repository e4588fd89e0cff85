"""What can be done with needs and assignments: one function per verb."""

from portfolio.staffing.cautions import Caution, CautionKind
from portfolio.staffing.courses import Verb
from portfolio.staffing.services.absences import add_absence, change_absence, remove_absence
from portfolio.staffing.services.assignments import assign, change_assignment, remove_assignment
from portfolio.staffing.services.booking import AssignmentData
from portfolio.staffing.services.lifecycle import carry_out, held, possible_verbs, rests_on_agreement, too_much
from portfolio.staffing.services.needs import NeedData, change_need, create_need, only_until_staffed, remove_need
from portfolio.staffing.services.persons import set_active, tell_of_leaving
from portfolio.staffing.services.states import agreement_needed_for, allowed_states, move_to_state, needs_agreement
from portfolio.staffing.services.warnings import warnings_for, warnings_of

__all__ = [
    "AssignmentData",
    "Caution",
    "CautionKind",
    "NeedData",
    "Verb",
    "add_absence",
    "agreement_needed_for",
    "allowed_states",
    "assign",
    "carry_out",
    "change_absence",
    "change_assignment",
    "change_need",
    "create_need",
    "held",
    "move_to_state",
    "needs_agreement",
    "only_until_staffed",
    "possible_verbs",
    "remove_absence",
    "remove_assignment",
    "remove_need",
    "rests_on_agreement",
    "set_active",
    "tell_of_leaving",
    "too_much",
    "warnings_for",
    "warnings_of",
]
