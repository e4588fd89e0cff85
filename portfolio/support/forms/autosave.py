"""What of a form autosave can keep while it is still being filled in."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from flask_babel import gettext as _

from portfolio.support.forms.needs import NeedForm
from portfolio.support.forms.request import RequestForm
from portfolio.support.models import RequestNeed, SupportRequest
from portfolio.support.services import RequestData, RequestNeedData


@dataclass(frozen=True, slots=True)
class Kept:
    """`rows` says for each need of `data` which row of the form it stands in, `left_out` what is wrong elsewhere."""

    data: RequestData
    rows: tuple[int, ...]
    left_out: tuple[str, ...]

    @property
    def is_nothing(self) -> bool:
        return self.data == RequestData()

    def need_ids(self, saved: SupportRequest, form: RequestForm) -> list[int | None]:
        """For each row of the form the id of the need it is saved as."""
        ids = dict(zip(self.rows, (need.id for need in saved.needs), strict=True))
        return [ids.get(place) for place in range(len(form.rows))]


def kept(form: RequestForm, stored: SupportRequest | None) -> Kept:
    """What makes sense of the validated form; where it does not, what is stored stays as it is."""
    old = stored or SupportRequest(title="", description="")
    needs = dict(_needs(form, {need.id: need for need in old.needs}))
    weeks_fail = form.from_week.errors or form.to_week.errors
    data = RequestData(
        title=_value(form, old, "title") or "",
        description=_value(form, old, "description") or "",
        service_ids=form.known_service_ids,
        from_week=old.from_week if weeks_fail else form.from_week.data,
        to_week=old.to_week if weeks_fail else form.to_week.data,
        deadline=_value(form, old, "deadline"),
        needs=tuple(needs.values()),
    )
    return Kept(data, tuple(needs), tuple(_left_out(form)))


def _value(form: RequestForm, old: SupportRequest, name: str) -> Any:
    return getattr(old, name) if form[name].errors else form[name].data


def _needs(form: RequestForm, stored: dict[int | None, RequestNeed]) -> Iterator[tuple[int, RequestNeedData]]:
    """By the place of its row each need that makes sense as typed, else as stored."""
    for place, row in enumerate(form.rows):
        if need := row.sound(form.skill_names):
            yield place, need
        elif not row.is_blank and (old := stored.get(row.stored_id)):
            yield place, _as_data(old)


def _as_data(need: RequestNeed) -> RequestNeedData:
    return RequestNeedData(**{field.name: getattr(need, field.name) for field in fields(RequestNeedData)})


def _left_out(form: RequestForm) -> Iterator[str]:
    for name in ("title", "description", "service_ids", "from_week", "to_week", "deadline"):
        if form[name].errors:
            yield f"{form[name].label.text}: {form[name].errors[0]}"
    for number, row in enumerate(form.rows, start=1):
        for error in _first_error(row):
            yield _("Bedarf %(number)s: %(fault)s", number=number, fault=error)


def _first_error(row: NeedForm) -> list[str]:
    return [field.errors[0] for field in row if field.errors][:1]
