"""Days on which a person is not available, and what that does to their work. Nobody sees why.

Others see weekly presence only. What an absence takes from a need is told to those who may see how the need stands; the
person reads what they themselves deliver less.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portfolio.access.guard import current_actor, get_or_404, requires
from portfolio.access.policy import Action
from portfolio.extensions import db
from portfolio.planning import problem as planning
from portfolio.planning.weeks import Week
from portfolio.pool import queries as pool_queries
from portfolio.pool import services as pool_services
from portfolio.pool.forms import AbsenceForm
from portfolio.pool.models import Absence, Person
from portfolio.staffing import consequences, queries, services
from portfolio.staffing.felt import Felt
from portfolio.staffing.labels import total_words
from portfolio.staffing.models import Assignment
from portfolio.staffing.routes.blueprint import bp
from portfolio.staffing.routes.review import Review, ask, unseen, wants_to_edit
from portfolio.web import clock
from portfolio.web.conflict import differences, refuse_stale
from portfolio.web.formats import format_day
from portfolio.web.problems import Problem


@dataclass(frozen=True, slots=True)
class Shown:
    """An absence with what it takes from the person's work."""

    absence: Absence
    felt: list[Felt]


@bp.route("/personen/<int:person_id>/abwesenheiten", methods=["GET", "POST"])
@requires(Action.CHANGE_ABSENCES)
def add_absence(person_id: int) -> ResponseReturnValue:
    """The person's absences, and a form for one more."""
    person = get_or_404(pool_queries.persons_changeable_by(current_actor(), Action.CHANGE_ABSENCES), person_id)
    form = AbsenceForm()
    if not form.is_submitted() or wants_to_edit():
        return _list(form, person)
    if not form.validate():
        return _list(form, person), 422
    try:
        pool_services.check_absence(person.id, *form.values())
        felt = _felt(person.id, come=form.values())
        if unseen(felt):
            return ask(_review(_("Abwesenheit eintragen"), _("Eintragen"), person, form, felt))
        services.add_absence(person, *form.values())
    except Problem as problem:
        form.refuse(problem)
        return _list(form, person), problem.status
    return _done(_("Die Abwesenheit ist eingetragen."), person.id, felt)


@bp.route("/abwesenheiten/<int:absence_id>/bearbeiten", methods=["GET", "POST"])
@requires(Action.CHANGE_ABSENCES)
def edit_absence(absence_id: int) -> ResponseReturnValue:
    absence = get_or_404(pool_queries.absences_changeable_by(current_actor()), absence_id)
    form = AbsenceForm(obj=absence)
    if not form.is_submitted() or wants_to_edit():
        return _page(form, absence)
    if not form.validate():
        return _page(form, absence), 422
    if form.is_stale(absence.version):
        form.version.data = absence.version
        return _page(form, absence, differences=differences(AbsenceForm(None, obj=absence), form)), 409
    try:
        pool_services.check_absence(absence.person_id, *form.values(), absence)
        felt = _felt(absence.person_id, _days(absence), form.values())
        if unseen(felt):
            return ask(_review(_("Abwesenheit bearbeiten"), _("Speichern"), absence.person, form, felt))
        services.change_absence(absence, *form.values())
    except Problem as problem:
        form.refuse(problem)
        return _page(form, absence), problem.status
    return _done(_("Die Abwesenheit ist geändert."), absence.person_id, felt)


@bp.post("/abwesenheiten/<int:absence_id>/loeschen")
@requires(Action.CHANGE_ABSENCES)
def remove_absence(absence_id: int) -> ResponseReturnValue:
    absence = get_or_404(pool_queries.absences_changeable_by(current_actor()), absence_id)
    refuse_stale(absence)
    felt = _felt(absence.person_id, _days(absence))
    if unseen(felt):
        return ask(_removal(absence, felt))
    person_id = absence.person_id
    services.remove_absence(absence)
    return _done(_("Die Abwesenheit ist gelöscht."), person_id, felt)


Days = tuple[date, date]


def _days(absence: Absence) -> Days:
    return absence.from_date, absence.to_date


def _felt(person_id: int, gone: Days | None = None, come: Days | None = None) -> list[Felt]:
    """What becomes of the person's work when they are away on the days that come, and no more on those gone."""
    days = [each for each in (gone, come) if each]
    away = [[planning.Absence(*each)] if each else [] for each in (gone, come)]
    work = _work_in(person_id, min(first for first, _last in days), max(last for _first, last in days))
    return consequences.of_absences(work, current_actor(), *away)


def _work_in(person_id: int, first: date, last: date) -> Sequence[Assignment]:
    return db.session.scalars(queries.work_of(person_id, Week.containing(first), Week.containing(last))).all()


def _review(title: str, label: str, person: Person, form: AbsenceForm, felt: list[Felt]) -> Review:
    first, last = form.values()
    return Review(
        title=title,
        trail=_trail(person),
        about=f"{person.name}, {_from_to(first, last)}",
        action=request.path,
        fields={"from_date": first.isoformat(), "to_date": last.isoformat(), "version": form.version.data or ""},
        felt=felt,
        heading=_("Was dann geliefert wird"),
        label=label,
        back=_list_of(person.id),
        revisable=True,
    )


def _removal(absence: Absence, felt: list[Felt]) -> Review:
    return Review(
        title=_("Abwesenheit löschen"),
        trail=_trail(absence.person),
        about=f"{absence.person.name}, {_from_to(*_days(absence))}",
        action=url_for("staffing.remove_absence", absence_id=absence.id),
        fields={"version": absence.version},
        felt=felt,
        heading=_("Was dann geliefert wird"),
        label=_("Löschen"),
        tone="danger",
        back=_list_of(absence.person_id),
    )


def _trail(person: Person) -> list[tuple[str, str]]:
    above = [(_("Personen"), url_for("dashboard.persons"))]
    return [
        *above,
        (person.name, url_for("dashboard.person", person_id=person.id)),
        (_("Abwesenheiten"), _list_of(person.id)),
    ]


def _from_to(first: date, last: date) -> str:
    return format_day(first) if first == last else f"{format_day(first)} – {format_day(last)}"


def _list_of(person_id: int) -> str:
    return url_for("staffing.add_absence", person_id=person_id)


def _done(words: str, person_id: int, felt: list[Felt]) -> ResponseReturnValue:
    effect = total_words(felt) if felt else _("Kein Einsatz ist davon betroffen.")
    db.session.commit()
    flash(f"{words} {effect}", "success")
    return redirect(_list_of(person_id))


def _shown(person: Person, absences: Sequence[Absence], today: date) -> list[Shown]:
    """Each absence, and what those that are not over take from the person's work."""
    ahead = [absence for absence in absences if absence.to_date >= today]
    if not ahead:
        return [Shown(absence, []) for absence in absences]
    first, last = min(each.from_date for each in ahead), max(each.to_date for each in ahead)
    work, days = _work_in(person.id, first, last), [planning.Absence(*_days(absence)) for absence in ahead]
    felt = consequences.of_each_absence(work, current_actor(), days)
    found = {absence.id: each for absence, each in zip(ahead, felt, strict=True)}
    return [Shown(absence, found.get(absence.id, [])) for absence in absences]


def _list(form: AbsenceForm, person: Person) -> str:
    today = clock.today()
    own = person.id == current_actor().person_id
    absences = db.session.scalars(pool_queries.absences_of(person.id)).all()
    shown = _shown(person, absences, today)
    return render_template("staffing/absences.html", form=form, person=person, own=own, today=today, shown=shown)


def _page(form: AbsenceForm, absence: Absence, **context: Any) -> str:
    return render_template("staffing/absence_form.html", form=form, absence=absence, **context)
