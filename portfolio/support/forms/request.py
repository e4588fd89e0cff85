"""The request itself, and the filter of the list."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SearchField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from portfolio.access.forms.text import printable
from portfolio.access.models import Organisation
from portfolio.catalogue.models import Service
from portfolio.planning.weeks import Week
from portfolio.projects.checks import sensible_day
from portfolio.support import labels
from portfolio.support.forms.needs import NeedRows, as_entered
from portfolio.support.models import RequestState, SupportRequest
from portfolio.support.problems import WeeksReversed
from portfolio.support.services import RequestData
from portfolio.web.fields import BaseForm, ChoiceField, GermanDateField, IdSelectField, WeekField
from portfolio.web.formats import format_service_key
from portfolio.web.problems import Problem

TITLE_LENGTH = 300
TEXT_LENGTH = 10_000


def without_nul(text: str | None) -> str | None:
    """No database and no page can carry this character."""
    return text.replace("\0", "") if text else text


class RequestForm(NeedRows):
    """Everything a ministry says; a draft may leave any of it empty."""

    title = StringField(
        _l("Titel"),
        [printable, Length(max=TITLE_LENGTH, message=_l("Der Titel darf höchstens 300 Zeichen haben."))],
        description=_l("Kurz und wiedererkennbar, zum Beispiel „Kita-Fachkräfte online beantragen“"),
    )
    description = TextAreaField(
        _l("Was soll digital werden?"),
        [printable, Length(max=TEXT_LENGTH, message=_l("Der Text darf höchstens 10.000 Zeichen haben."))],
        description=_l("Ziel, Ausgangslage, Beteiligte. Bitte keine Gesundheits- oder Personalaktendaten."),
    )
    service_ids = SelectMultipleField(_l("OZG-Leistungen"), coerce=int, validate_choice=False)
    service_query = StringField(_l("Leistungsschlüssel oder Name"), filters=[without_nul])
    from_week = WeekField(_l("Beginn"), description=_l("Kalenderwoche, zum Beispiel KW 49/2026"))
    to_week = WeekField(_l("Ende"), description=_l("Kalenderwoche, zum Beispiel KW 12/2027"))
    deadline = GermanDateField(
        _l("Frist"), [Optional()], description=_l("Gesetzliche oder politische Frist, wenn es eine gibt")
    )

    @property
    def usual_weeks(self) -> tuple[Week | None, Week | None]:
        return self.from_week.data, self.to_week.data

    def validate(self, extra_validators: Any = None) -> bool:
        return all((super().validate(extra_validators), self._weeks_in_order(), self._sensible_deadline()))

    def _weeks_in_order(self) -> bool:
        first, last = self.usual_weeks
        if first and last and last < first:
            self.refuse(WeeksReversed())
            return False
        return True

    def _sensible_deadline(self) -> bool:
        """A year still being typed is no deadline."""
        try:
            if self.deadline.data:
                sensible_day(self.deadline.data, "deadline")
        except Problem as problem:
            self.refuse(problem)
            return False
        return True

    def offer_services(self, services: Iterable[Service]) -> None:
        """Name the services chosen so far."""
        self.service_ids.choices = [SelectChoice(str(service.id), service_label(service)) for service in services]

    @property
    def known_service_ids(self) -> tuple[int, ...]:
        """Those chosen that there are."""
        known = {int(choice.value) for choice in self.service_ids.choices or ()}
        return tuple(chosen for chosen in dict.fromkeys(self.service_ids.data or ()) if chosen in known)

    def request_data(self) -> RequestData:
        return RequestData(
            title=self.title.data or "",
            description=self.description.data or "",
            service_ids=tuple(dict.fromkeys(self.service_ids.data or ())),
            from_week=self.from_week.data,
            to_week=self.to_week.data,
            deadline=self.deadline.data,
            needs=self.needs_data(),
        )


def service_label(service: Service) -> str:
    """Name and key of a service."""
    if not service.service_key:
        return service.name
    return _("%(name)s (%(key)s)", name=service.name, key=format_service_key(service.service_key))


def entered(request: SupportRequest) -> dict[str, Any]:
    """A stored draft as its form shows it."""
    first, last = request.from_week, request.to_week
    return {
        "version": request.version,
        "title": request.title,
        "description": request.description,
        "service_ids": [service.id for service in request.services],
        "from_week": first,
        "to_week": last,
        "deadline": request.deadline,
        "needs": [as_entered(need, first, last) for need in request.needs],
    }


class FilterForm(BaseForm):
    """Narrows the list; everything stands in the address."""

    class Meta:
        csrf = False  # only reads

    q = SearchField(_l("Suche"), filters=[without_nul])
    state = ChoiceField(_l("Stand"), default="")
    organisation_id = IdSelectField(_l("Ressort"))

    def offer(self, organisations: list[Organisation]) -> None:
        """Offer all states, and the organisations where there is more than one."""
        everything = SelectChoice("", _("alle"))
        self.state.choices = [everything, *(SelectChoice(state, words) for state, words in labels.STATES.items())]
        self.organisation_id.offer([(each.id, each.name) for each in organisations], _("alle"))
        if len(organisations) < 2:
            del self.organisation_id

    def chosen(self) -> dict[str, Any]:
        """What to filter by, without what makes no sense."""
        self.validate()
        state = self.state.data if not self.state.errors else None
        organisation = self._fields.get("organisation_id")
        return {
            "text": self.q.data or "",
            "state": RequestState(state) if state else None,
            "organisation_id": organisation.data if organisation and not organisation.errors else None,
        }
