"""Ending, shortening, extending, another share, handing over: each page says what it leads to before it is done."""

from collections.abc import Mapping
from typing import Any, TypeGuard

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portfolio.access.guard import current_actor, get_or_404, require, requires
from portfolio.access.policy import Action
from portfolio.extensions import db
from portfolio.planning.weeks import Week
from portfolio.pool.models import Person
from portfolio.pool.problems import Overbooked
from portfolio.staffing import consequences, outlook, queries, services
from portfolio.staffing.courses import Course, Verb
from portfolio.staffing.forms import COURSE_FORMS, BookingCourseForm, CourseForm, HandOverForm, usual
from portfolio.staffing.labels import TITLES, VERBS, agreement_words, caution_words, course_words, done_words
from portfolio.staffing.models import Assignment, AssignmentState
from portfolio.staffing.problems import AssignmentOver, StepNotAllowed
from portfolio.staffing.routes.blueprint import bp
from portfolio.staffing.routes.choices import Choices, choices_of
from portfolio.staffing.routes.too_much import TooMuch
from portfolio.staffing.visibility import assignments_visible_to, capacity_persons_visible_to, persons_visible_to
from portfolio.web import clock
from portfolio.web.conflict import differences
from portfolio.web.fragments import render_page, wants_fragment
from portfolio.web.problems import Problem

WAYS: Mapping[str, Verb] = {
    "uebergeben": Verb.HAND_OVER,
    "anteil": Verb.CHANGE_SHARE,
    "verlaengern": Verb.EXTEND,
    "verkuerzen": Verb.SHORTEN,
    "beenden": Verb.END,
}


@bp.route(
    "/zuordnungen/<int:assignment_id>/<any(uebergeben,anteil,verlaengern,verkuerzen,beenden):way>",
    methods=["GET", "POST"],
)
@requires(Action.CHANGE_ASSIGNMENTS)
def take_course(assignment_id: int, way: str) -> ResponseReturnValue:
    found = get_or_404(queries.with_names(assignments_visible_to(current_actor())), assignment_id)
    require(Action.CHANGE_ASSIGNMENTS, found)
    verb = WAYS[way]
    _refuse_impossible(found, verb)
    if request.method == "GET":
        return _opened(found, way)
    form = COURSE_FORMS[verb]()
    valid = form.validate()
    if _chooses(form) and _previews():
        form.person_id.errors = []  # that is what the page is asked for
        return _page(found, way, form), 200
    if not valid:
        return _page(found, way, form), _status(422)
    if form.is_stale(found.version):
        form.version.data = found.version
        return _page(found, way, form, differences=differences(_stored(found, verb), form)), 409
    try:
        course = form.course(services.held(found), services.rests_on_agreement(found))
        if _previews() or not form.was_seen:
            return _preview(found, way, form, course)
        made = services.carry_out(found, course, current_actor(), _reason(form))
    except Problem as problem:
        return _refused(assignment_id, way, form, problem)
    return _done(verb, made, course)


def _refuse_impossible(found: Assignment, verb: Verb) -> None:
    if verb in services.possible_verbs(found):
        return
    if verb is Verb.END and found.state not in (AssignmentState.ENDED, AssignmentState.DECLINED):
        raise StepNotAllowed(found.state, AssignmentState.ENDED)
    raise AssignmentOver


def _opened(found: Assignment, way: str) -> ResponseReturnValue:
    """The page as it opens: with the week that is usual, or what the address asks for, and what that leads to."""
    verb, held = WAYS[way], services.held(found)
    arguments: dict[str, Any] = usual(verb, held.weeks, clock.this_week())
    if verb is Verb.HAND_OVER:
        arguments |= {"share": held.share, **_asked_for()}
    form = COURSE_FORMS[verb].opened(found, arguments)
    if verb in (Verb.END, Verb.HAND_OVER) and not _chooses(form):
        try:
            return _preview(found, way, form, form.course(held, services.rests_on_agreement(found)))[0]
        except Problem as problem:
            form.refuse(problem)
    return _page(found, way, form)


def _asked_for() -> dict[str, Any]:
    """Who takes over and from when, where the address says so."""
    asked: dict[str, Any] = {"person_id": request.args.get("person", type=int)}
    if week := request.args.get("week", type=_week):
        asked["from_week"] = week
    return asked


def _week(text: str) -> Week:
    return Week.parse(text)


def _previews() -> bool:
    return request.form.get("step") == "preview"


def _status(refused: int) -> int:
    """A part of a page that is asked for while one types says what is wrong, and is no failure."""
    return 200 if wants_fragment() else refused


def _chooses(form: CourseForm) -> TypeGuard[HandOverForm]:
    """Whether somebody is still to be chosen, so that there is nothing to tell of yet."""
    return isinstance(form, HandOverForm) and not form.person_id.data


def _reason(form: CourseForm) -> str | None:
    return form.override_reason.data if isinstance(form, BookingCourseForm) else None


def _stored(found: Assignment, verb: Verb) -> CourseForm:
    form = COURSE_FORMS[verb](formdata=None, obj=found)
    _offer(form)
    return form


def _offer(form: CourseForm) -> None:
    if isinstance(form, HandOverForm):
        form.offer(db.session.scalars(queries.active_persons(persons_visible_to(current_actor()))).all())


def _preview(found: Assignment, way: str, form: CourseForm, course: Course) -> tuple[str, int]:
    """What the course leads to; where it is too much, what would fit instead."""
    if not (_reason(form) or "").strip() and (refusal := services.too_much(found, course)):
        return _page(found, way, form, too_much=_too_much(form, course, refusal)), _status(refusal.status)
    persons = _persons(found, course)
    form.seen.data = form.wish
    shown = {
        "sentences": course_words(course, persons),
        "agreement": _agreement(found, course, persons),
        "felt": consequences.of_course(found, course, current_actor()),
    }
    return _page(found, way, form, shown=shown), 200


def _persons(found: Assignment, course: Course) -> dict[int, Person]:
    others = {piece.person_id for piece in course.pieces} - {found.person_id}
    known = {found.person_id: found.person}
    return known | (queries.persons_by_id(persons_visible_to(current_actor()), others) if others else {})


def _agreement(found: Assignment, course: Course, persons: dict[int, Person]) -> str:
    anew = course.begins_anew
    person = persons[anew.person_id] if anew else found.person
    needed = services.agreement_needed_for(person, found.project)
    return agreement_words(course, person, needed, found.agreed_on, found.state is AssignmentState.REQUESTED)


def _too_much(form: CourseForm, course: Course, refusal: Overbooked) -> TooMuch:
    piece = next(each for each in reversed(course.pieces) if each.person_id == refusal.person_id)
    person = db.session.get_one(Person, refusal.person_id)
    return TooMuch(person, piece.share, refusal.weeks, form.ways_out(course, refusal.weeks))


def _refused(assignment_id: int, way: str, form: CourseForm, problem: Problem) -> ResponseReturnValue:
    db.session.rollback()
    found = get_or_404(queries.with_names(assignments_visible_to(current_actor())), assignment_id)
    if isinstance(problem, Overbooked):
        course = form.course(services.held(found), services.rests_on_agreement(found))
        return _page(found, way, form, too_much=_too_much(form, course, problem)), problem.status
    form.refuse(problem)
    return _page(found, way, form), _status(problem.status)


def _done(verb: Verb, made: Assignment, course: Course) -> ResponseReturnValue:
    """Commit, say what was done and what speaks against it, and show what is there now."""
    cautions = services.warnings_for(made) if course.books_more else ()
    assignment_id, words = made.id, done_words(verb, course, made.person.name)
    db.session.commit()
    flash(words, "success")
    for caution in cautions:
        flash(caution_words(caution), "warning")
    return redirect(url_for("staffing.assignment", assignment_id=assignment_id))


def _page(found: Assignment, way: str, form: CourseForm, **context: Any) -> str:
    _offer(form)
    verb = WAYS[way]
    context |= {
        "assignment": found,
        "verb": verb,
        "way": way,
        "title": TITLES[verb],
        "label": VERBS[verb],
        "form": form,
        "fragment": wants_fragment(),
    }
    return render_page("staffing/course.html", "consequences", choices=_successors(found, form), **context)


def _successors(found: Assignment, form: CourseForm) -> Choices | None:
    """Who could take over, while nobody is chosen."""
    if (
        not isinstance(form, HandOverForm)
        or form.person_id.data
        or form.from_week.data not in services.held(found).weeks
    ):
        return None
    view = outlook.successors(found, form.from_week.data, capacity_persons_visible_to(current_actor()))
    return choices_of(view, current_actor(), found.need.skill.name if found.need and found.need.level else None)
