"""Filters in the address of a list: what makes no sense filters nothing."""

from enum import StrEnum
from typing import Any, TypeVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField
from wtforms.widgets import SearchInput

from portfolio.access.forms.text import searchable
from portfolio.access.labels import ORGANISATION_KINDS, ROLES
from portfolio.access.models import OrganisationKind
from portfolio.access.policy import Role
from portfolio.web.fields import BaseForm, ChoiceField

Choice = TypeVar("Choice", bound=StrEnum)


class FilterForm(BaseForm):
    class Meta:
        csrf = False


class UserFilter(FilterForm):
    q = StringField(_l("Suche"), filters=[searchable], widget=SearchInput())
    role = ChoiceField(_l("Rolle"), validate_choice=False)

    def __init__(self, arguments: Any) -> None:
        super().__init__(arguments)
        self.role.choices = [("", _("Alle Rollen")), *((role.value, label) for role, label in ROLES.items())]

    @property
    def chosen_role(self) -> Role | None:
        return chosen(Role, self.role)


class OrganisationFilter(FilterForm):
    q = StringField(_l("Suche"), filters=[searchable], widget=SearchInput())
    kind = ChoiceField(_l("Art"), validate_choice=False)
    former = BooleanField(_l("auch frühere und künftige"))

    def __init__(self, arguments: Any) -> None:
        super().__init__(arguments)
        kinds = ((kind.value, label) for kind, label in ORGANISATION_KINDS.items())
        self.kind.choices = [("", _("Alle Arten")), *kinds]

    @property
    def chosen_kind(self) -> OrganisationKind | None:
        return chosen(OrganisationKind, self.kind)


def chosen(choices: type[Choice], field: ChoiceField) -> Choice | None:
    """The member that the address names, if there is one."""
    return choices(field.data) if field.data in set(choices) else None
