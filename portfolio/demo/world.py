"""The world of the demo: organisations, catalogue, skills and the people of the pool."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from portfolio.access.models import Organisation, OrganisationKind
from portfolio.access.policy import Actor
from portfolio.access.services import OrganisationData, create_organisation
from portfolio.catalogue.models import Service, TopicArea
from portfolio.catalogue.services import BundleData, ServiceData, create_bundle, create_service
from portfolio.demo import catalogue, people, places
from portfolio.extensions import db
from portfolio.planning.weeks import Week
from portfolio.pool.models import Person, Skill
from portfolio.pool.services import (
    Confirmation,
    PersonData,
    PoolShareData,
    SkillLevelData,
    add_absence,
    confirm_skill,
    create_person,
    replace_pool_shares,
    replace_skills,
)

POOL_SIZE = 40
FREE_FROM = 32  # pool members from this number on are booked little, so that there is always somebody to assign
LEADS, COORDINATORS = 6, 3
POOL_SHARES = (100, 80, 100, 60, 100, 75, 100, 90)


@dataclass(frozen=True, slots=True)
class People:
    pool: list[Person]
    leads: list[Person]
    coordinators: list[Person]

    @property
    def busy(self) -> list[Person]:
        return self.pool[:FREE_FROM]

    @property
    def lightly_booked(self) -> list[Person]:
        return self.pool[FREE_FROM:]


def create_organisations() -> dict[str, Organisation]:
    made: dict[str, Organisation] = {}
    for code, name, kind, above in places.CURRENT:
        made[code] = create_organisation(
            OrganisationData(
                code=code,
                name=name,
                kind=kind,
                valid_from=places.NEW_CUT,
                valid_to=None,
                parent_id=made[above].id if above else None,
                successor_id=None,
            )
        )
    for code, name, successor in places.FORMER:
        made[code] = create_organisation(
            OrganisationData(
                code=code,
                name=name,
                kind=OrganisationKind.SUPREME,
                valid_from=None,
                valid_to=places.NEW_CUT - timedelta(days=1),
                parent_id=None,
                successor_id=made[successor].id,
            )
        )
    made["TLF"].to_confirm = "Name belegt; Kürzel Allgemeinwissen"
    return made


def create_catalogue() -> dict[str, Service]:
    areas = {code: TopicArea(code=code, name=name) for code, name in catalogue.TOPIC_AREAS.items()}
    db.session.add_all(areas.values())
    db.session.flush()
    made: dict[str, Service] = {}
    for ozg_id, name, situation, area, services in catalogue.BUNDLES:
        data = BundleData(ozg_id=ozg_id, name=name, situation=situation, topic_area_id=areas[area].id)
        bundle = create_bundle(data)
        for key, service_name, typing in services:
            service = ServiceData(service_key=key, name=service_name, typing=(typing,), bundle_id=bundle.id)
            made[key] = create_service(service)
    return made


def create_people(
    organisations: dict[str, Organisation], skills: dict[str, Skill], today: date, chance: Random
) -> People:
    homes = [organisation for organisation in organisations.values() if organisation.valid_to is None]
    numbers = iter(range(POOL_SIZE + LEADS + COORDINATORS))
    pool = [_person(next(numbers), homes, contract_share=100) for _ in range(POOL_SIZE)]
    leads = [_person(next(numbers), homes) for _ in range(LEADS)]
    coordinators = [_person(next(numbers), homes) for _ in range(COORDINATORS)]
    for number, person in enumerate(pool):
        _give_skills(person, people.PROFILES[number % len(people.PROFILES)], skills, chance)
        _limit_skills(person, number, Week.containing(today))
        _give_pool_share(person, number, Week.containing(today))
        _give_absences(person, today, chance)
    for person in leads:
        _give_skills(person, people.PROFILES[0], skills, chance)
        _give_pool_share(person, 0, Week.containing(today))
    for person in coordinators:
        _give_skills(person, people.PROFILES[5], skills, chance)
    return People(pool, leads, coordinators)


def _person(number: int, homes: list[Organisation], contract_share: int = 100) -> Person:
    name = people.name(number)
    address = f"person{number + 1:02d}@demo.example"
    home = homes[number % len(homes)]
    return create_person(
        PersonData(name=name, email=address, home_organisation_id=home.id, contract_share=contract_share)
    )


def _give_skills(
    person: Person, profile: tuple[tuple[str, int], ...], skills: dict[str, Skill], chance: Random
) -> None:
    rows = [
        SkillLevelData(skill_id=skills[code].id, level=max(1, min(4, level + chance.choice((-1, 0, 0, 0, 1)))))
        for code, level in profile
    ]
    replace_skills(person, rows)


def _limit_skills(person: Person, number: int, week: Week) -> None:
    """A few certificates end soon or have ended."""
    if number % 9 == 0:
        person.skills[1].valid_to_week = week + 6
    elif number % 9 == 4:
        person.skills[-1].valid_to_week = week - 3


def confirm_skills(people_made: People, office: Actor, today: date) -> None:
    """The office has seen evidence for some of the levels."""
    chance = Random(today.toordinal() + 1)  # noqa: S311 - plausible data, no secrets
    for person in (*people_made.pool, *people_made.leads, *people_made.coordinators):
        for row in person.skills:
            if chance.random() < 0.4:
                evidence = people.EVIDENCE.get(row.skill.code, people.WORK_SEEN)
                day = today - timedelta(days=chance.randrange(30, 400))
                confirm_skill(row, Confirmation(evidence=evidence, day=day, user_id=office.user_id))


def _give_pool_share(person: Person, number: int, week: Week) -> None:
    """Most are in the pool without end; a few join later or leave."""
    start = week - 80
    share = 100 if number >= FREE_FROM else POOL_SHARES[number % len(POOL_SHARES)]
    rows = [PoolShareData(from_week=start, to_week=None, share=share)]
    if number in (7, 19):
        rows = [PoolShareData(from_week=start, to_week=week + 30, share=share)]
    elif number in (11, 23):
        rows = [
            PoolShareData(from_week=start, to_week=week + 11, share=50),
            PoolShareData(from_week=week + 12, to_week=None, share=80),
        ]
    replace_pool_shares(person, rows)


def _give_absences(person: Person, today: date, chance: Random) -> None:
    start = today + timedelta(days=chance.randrange(5, 40))
    add_absence(person, start, start + timedelta(days=chance.choice((2, 4, 9))))
    later = today + timedelta(days=chance.randrange(120, 240))
    add_absence(person, later, later + timedelta(days=chance.choice((7, 11, 14))))
