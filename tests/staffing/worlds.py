"""Awkward worlds around the cast: what charts tend to get wrong. Each begins in KW 49/2026; that year has 53 weeks."""

from datetime import timedelta
from typing import Any

from portfolio.pool.models import PersonSkill, PoolShare
from portfolio.staffing.models import AssignmentState
from tests import factories
from tests.factories import FIRST_WEEK
from tests.staffing.booking import assign

LAST_OF_YEAR = FIRST_WEEK + 4


def turn_of_the_year(cast: Any) -> None:
    """Holidays, absences over them, work that crosses into the next year, a pool share that ends in week 53."""
    need = factories.need(cast.project, cast.fim, share=60, from_week=FIRST_WEEK + 2, to_week=FIRST_WEEK + 8)
    assign(cast.paul_person, cast.project, cast.carla, share=35, from_week=FIRST_WEEK + 3, need_id=need.id)
    christmas = (FIRST_WEEK + 3).monday + timedelta(days=2)
    factories.absence(cast.paul_person, christmas, christmas + timedelta(days=9))
    factories.absence(cast.paul_person, christmas, christmas + timedelta(days=2))
    lea = cast.lea_person
    lea.pool_shares[0].share, lea.pool_shares[0].to_week = 45, LAST_OF_YEAR
    lea.pool_shares.append(PoolShare(from_week=LAST_OF_YEAR + 2, share=70))


def over_booked(cast: Any) -> None:
    """Beyond the pool share by a logged decision, also of somebody who is not in the pool; ended and declined work."""
    assign(cast.paul_person, cast.project, cast.carla, "Frist", share=70, from_week=FIRST_WEEK + 1)
    assign(cast.konrad_person, cast.project, cast.carla, "Nur er kann es", share=20)
    window = {"from_week": FIRST_WEEK, "to_week": FIRST_WEEK + 5}
    factories.assignment(cast.lea_person, cast.foreign_project, share=30, state=AssignmentState.ENDED, **window)
    factories.assignment(cast.lea_person, cast.project, share=100, state=AssignmentState.DECLINED, **window)


def wanted_too_much(cast: Any) -> None:
    """Skills held for a time, by two who can do both; volumes in part delivered; a need for anybody at all."""
    bpmn = factories.skill("BPMN", code="BPMN", area="Prozess & Organisation")
    bea = factories.person("Bea Both", pool_share=80, skills={cast.fim: 3, bpmn: 2})
    timed = PersonSkill(skill_id=bpmn.id, level=4, valid_from_week=FIRST_WEEK + 2, valid_to_week=FIRST_WEEK + 6)
    cast.paul_person.skills.append(timed)
    for skill, level in ((cast.fim, 3), (bpmn, 2), (bpmn, 4), (bpmn, 0)):
        factories.need(cast.project, skill, level=level, share=60, to_week=FIRST_WEEK + 7)
    window = {"from_week": FIRST_WEEK - 2, "to_week": FIRST_WEEK + 15}
    volume = factories.need(cast.foreign_project, bpmn, kind="volume", person_days=17, share=40, level=2, **window)
    factories.assignment(bea, cast.foreign_project, need_id=volume.id, share=25, to_week=FIRST_WEEK + 3)
    factories.person("Ina Inaktiv", active=False, skills={bpmn: 4})


WORLDS = (turn_of_the_year, over_booked, wanted_too_much)
