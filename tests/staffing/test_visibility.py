"""Row filters follow the role, not whatever else an account carries."""

import pytest

from portfolio.access.policy import Role
from portfolio.extensions import db
from portfolio.staffing.visibility import capacity_persons_visible_to, persons_visible_to
from tests import factories
from tests.cast import Cast


@pytest.mark.usefixtures("app")
def test_a_lead_with_an_organisation_sees_only_the_teams_they_lead(cast: Cast) -> None:
    stranger = factories.person("Fremde Person")
    factories.assignment(stranger, factories.project(organisation_id=cast.education.id))
    lead = factories.user("leo", Role.PROJECT_LEAD, person_id=None, organisation_id=cast.education.id)
    assert stranger not in db.session.scalars(persons_visible_to(lead.actor)).all()
    assert stranger not in db.session.scalars(capacity_persons_visible_to(lead.actor)).all()


@pytest.mark.usefixtures("app")
def test_a_ministry_sees_the_team_of_its_projects_but_no_capacity(cast: Cast) -> None:
    assert cast.paul_person in db.session.scalars(persons_visible_to(cast.mia.actor)).all()
    assert db.session.scalars(capacity_persons_visible_to(cast.mia.actor)).all() == []
    assert cast.paul_person not in db.session.scalars(persons_visible_to(cast.otto.actor)).all()
