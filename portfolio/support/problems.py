"""What support refuses, as typed facts; the sentences stand in labels.py."""

from enum import StrEnum

from portfolio.support.models import RequestState
from portfolio.web.problems import Invalid, Problem


class WrongState(Problem):
    """The request is in a state that does not allow the step."""

    def __init__(self, state: RequestState) -> None:
        super().__init__(state)
        self.state = state


class Incomplete(Invalid):
    """What the step requires is missing: the names of the empty fields."""

    def __init__(self, *fields: str) -> None:
        super().__init__(*fields)
        self.fields = fields
        self.field = fields[0]


class WeeksReversed(Invalid):
    """The last week of the request lies before the first."""

    field = "to_week"


class ForeignOrganisation(Invalid):
    """A ministry files for itself only."""

    field = "organisation_id"


class UnknownService(Invalid):
    """A service named does not exist."""

    field = "service_ids"


class NeedFault(StrEnum):
    """What is wrong with a need; the value names the field at fault."""

    UNKNOWN_SKILL = "skill_id"
    LEVEL_OUT_OF_RANGE = "level"
    SHARE_OUT_OF_RANGE = "share"
    PERSON_DAYS_OUT_OF_RANGE = "person_days"
    WEEKS_REVERSED = "to_week"
    PRIORITY_OUT_OF_RANGE = "priority"


class NeedRefused(Invalid):
    """A need of the request makes no sense; `position` counts from 1."""

    field = "needs"

    def __init__(self, position: int, fault: NeedFault) -> None:
        super().__init__(position, fault)
        self.position = position
        self.fault = fault


class TemplateNameTaken(Invalid):
    """Another need template has this name."""

    field = "name"


class UnknownNeed(Invalid):
    """A need to accept is none of this request."""

    field = "need_ids"


class NothingAccepted(Invalid):
    """Accepting takes at least one need; otherwise it is a rejection."""

    field = "need_ids"


class ShareOutOfRange(Invalid):
    """The share of a lead or coordinator is 0 to 100; `field` says whose."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class SkillNotInCatalogue(Invalid):
    """The skill catalogue lacks the skill that leading or coordinating asks for."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(field, code)
        self.field = field
        self.code = code
