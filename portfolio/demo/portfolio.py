"""The demo's projects with needs, staffing, milestones and forecasts."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from random import Random

from sqlalchemy import select

from portfolio.access.models import Organisation
from portfolio.access.policy import Actor
from portfolio.catalogue.models import Service
from portfolio.demo import particulars, undertakings
from portfolio.demo.world import People
from portfolio.extensions import db
from portfolio.planning.weeks import Week
from portfolio.pool.models import Person, Skill
from portfolio.pool.problems import Overbooked
from portfolio.projects.models import CLOSED_PHASES, MaturityModel, Milestone, Phase, Project, TechnicalBasis
from portfolio.projects.services import (
    ForecastData,
    MilestoneData,
    ProjectData,
    ServiceLinkData,
    add_forecast,
    add_milestone,
    change_milestone,
    create_project,
)
from portfolio.staffing.models import Assignment, AssignmentState, Need
from portfolio.staffing.services import AssignmentData, NeedData, assign, create_need

# (title, when within the project, from 0 to 1)
MILESTONES = (
    ("Konzept abgenommen", 0.25),
    ("Pilot gestartet", 0.6),
    ("Go-live", 0.85),
    ("Übergabe an den Betrieb", 1.0),
)
REPORT_EVERY = timedelta(days=28)
STAFFED = 0.72  # of the needs have somebody; the others are open, as in life
SLIPS = (0, 0, 0, 7, 7, 14, 21, -7)
CAUSES = ("Zuarbeit fehlt", "Abnahme verschoben", "Schnittstelle geändert", "Personal gebunden")


@dataclass(frozen=True, slots=True)
class Setting:
    organisations: dict[str, Organisation]
    services: dict[str, Service]
    skills: dict[str, Skill]
    people: People
    bases: list[TechnicalBasis]
    office: Actor
    today: date
    chance: Random


def create(setting: Setting) -> None:
    turn = count()
    running: list[Project] = []
    for number, row in enumerate(undertakings.PROJECTS):
        project = _project(setting, number, row)
        _staff(setting, project, number, turn)
        _plan(setting, project)
        phase = row[2]
        if phase in CLOSED_PHASES:
            project.phase = phase
        else:
            running.append(project)
    _occupy(setting, running)
    db.session.flush()


def _occupy(setting: Setting, running: list[Project]) -> None:
    """Who has no need to work on helps out somewhere: a pool of idle people would be no demo."""
    this_week = Week.containing(setting.today)
    booked = set(db.session.scalars(select(Assignment.person_id).where(Assignment.to_week >= this_week)))
    helpers = [person for person in (*setting.people.busy, *setting.people.leads) if person.id not in booked]
    for number, person in enumerate(helpers[: len(helpers) * 4 // 5]):
        project = running[number % len(running)]
        first = max(this_week - setting.chance.randrange(2, 10), Week.containing(project.start))
        booking = AssignmentData(
            person_id=person.id,
            project_id=project.id,
            share=setting.chance.choice((30, 40, 50, 60)),
            from_week=first,
            to_week=max(first, this_week) + setting.chance.randrange(6, 24),
            state=AssignmentState.CONFIRMED,
            agreed_on=setting.today - timedelta(days=80),
            agreement_reference=f"PE-{1000 + number}",
        )
        with suppress(Overbooked):
            assign(booking, setting.office)


def _project(setting: Setting, number: int, row: undertakings.ProjectRow) -> Project:
    title, ministry, phase, offset, length, priority, model, key = row
    start = (Week.containing(setting.today) + offset).monday
    people = setting.people
    links = (_link(setting, setting.services[key], phase, number),) if key else ()
    return create_project(
        ProjectData(
            code=None,
            title=title,
            goal=f"{title}: durchgängig digital, vom Antrag bis zum Bescheid.",
            organisation_id=setting.organisations[ministry].id,
            phase=Phase.IMPLEMENTATION if phase in CLOSED_PHASES else phase,
            priority=priority,
            start=start,
            end=start + timedelta(weeks=length) - timedelta(days=1),
            lead_id=people.leads[number % len(people.leads)].id,
            coordinator_id=people.coordinators[number % len(people.coordinators)].id,
            delivery_model=model,
            service_links=links,
            **particulars.of(number, phase, model, start, setting.bases),
        )
    )


def _link(setting: Setting, service: Service, phase: Phase, number: int) -> ServiceLinkData:
    """Every fifth project counts by the new maturity model already."""
    now = {Phase.ROLLOUT: 2, Phase.PILOT: 2, Phase.COMPLETED: 3}.get(phase, 1)
    model, target = (MaturityModel.V2_0, 5) if number % 5 == 4 else (MaturityModel.V1_1, 3)
    as_of = setting.today - timedelta(days=7 * (number % 9))
    return ServiceLinkData(service_id=service.id, maturity_now=now, maturity_target=target, model=model, as_of=as_of)


def _staff(setting: Setting, project: Project, number: int, turn: "count[int]") -> None:
    first = Week.containing(project.start)
    last = Week.containing(project.end)
    for code, level, share, offset, length in undertakings.NEED_SETS[number % len(undertakings.NEED_SETS)]:
        begin = first + offset
        need = create_need(
            NeedData(
                project_id=project.id,
                skill_id=setting.skills[code].id,
                level=level,
                share=share,
                from_week=begin,
                to_week=min(begin + length - 1, last),
                priority=project.priority,
            )
        )
        if project.phase is not Phase.PRECHECK and setting.chance.random() < STAFFED:
            _book_somebody(setting, need, next(turn))


def _book_somebody(setting: Setting, need: Need, turn: int) -> None:
    """The next person in turn who can do it and has room; nobody, if there is none."""
    people = setting.people
    everybody = people.busy if turn % 7 else people.lightly_booked
    able = [person for person in everybody if _can(person, need)]
    share = need.share if everybody is people.busy else min(need.share, 40)
    for person in able[turn % len(able) :] + able[: turn % len(able)] if able else []:
        try:
            assign(_booking(setting, need, person, share), setting.office)
        except Overbooked:
            continue
        return


def _booking(setting: Setting, need: Need, person: Person, share: int) -> AssignmentData:
    this_week = Week.containing(setting.today)
    early = setting.chance.choice((AssignmentState.PROPOSED, AssignmentState.REQUESTED, AssignmentState.AGREED))
    if need.to_week < this_week:
        state = AssignmentState.ENDED
    else:
        state = AssignmentState.CONFIRMED if need.from_week <= this_week + 4 else early
    agreed = state is not AssignmentState.PROPOSED and state is not AssignmentState.REQUESTED
    return AssignmentData(
        person_id=person.id,
        project_id=need.project_id,
        need_id=need.id,
        share=share,
        from_week=need.from_week,
        to_week=need.to_week,
        state=state,
        agreed_on=min(need.from_week.monday, setting.today) - timedelta(days=14) if agreed else None,
        agreement_reference=f"PE-{need.id:04d}" if agreed else None,
    )


def _can(person: Person, need: Need) -> bool:
    return any(row.skill_id == need.skill_id and row.level >= need.level for row in person.skills)


def _plan(setting: Setting, project: Project) -> None:
    length = project.end - project.start
    for title, part in MILESTONES:
        planned = project.start + length * part
        milestone = add_milestone(project, MilestoneData(title=title, planned_date=planned, reached_on=None))
        _report(setting, project, milestone)


def _report(setting: Setting, project: Project, milestone: Milestone) -> None:
    """A forecast every four weeks since the start, slipping now and then, until the milestone is reached."""
    expected, day = milestone.planned_date, project.start + REPORT_EVERY
    while day <= setting.today:
        expected = max(expected + timedelta(days=setting.chance.choice(SLIPS)), day)
        slipped = expected > milestone.planned_date
        cause = setting.chance.choice(CAUSES) if slipped else None
        add_forecast(milestone, ForecastData(reporting_date=day, date=expected, cause=cause, comment=None))
        day += REPORT_EVERY
        if expected <= min(day, setting.today):
            data = MilestoneData(title=milestone.title, planned_date=milestone.planned_date, reached_on=expected)
            change_milestone(milestone, data)
            return
