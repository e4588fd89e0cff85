"""The cast: people with fixed rights, in two ministries that must not see each other.

| name   | role         | where and what                                                            |
|--------|--------------|---------------------------------------------------------------------------|
| Carla  | cio_office   | decides everything in planning                                            |
| Konrad | coordinator  | coordinates the education ministry                                        |
| Lea    | project_lead | leads the education ministry's project                                    |
| Paul   | pool_member  | works on that project                                                     |
| Mia    | ministry     | education ministry: owner of the request and the project                  |
| Otto   | ministry     | finance ministry: must find nothing of Mia's                              |
| Rita   | auditor      | reads what was changed, no staffing                                       |
| Anton  | admin        | accounts, organisations, catalogue; no staffing                           |
"""

from dataclasses import dataclass

from portfolio.access.models import Organisation, User
from portfolio.access.policy import Role
from portfolio.extensions import db
from portfolio.pool.models import Person, Skill
from portfolio.projects.models import Project
from tests import factories


@dataclass(frozen=True)
class Cast:
    education: Organisation
    finance: Organisation
    fim: Skill
    lea_person: Person
    konrad_person: Person
    paul_person: Person
    project: Project
    foreign_project: Project
    carla: User
    konrad: User
    lea: User
    paul: User
    mia: User
    otto: User
    rita: User
    anton: User

    @property
    def users(self) -> dict[str, User]:
        names = ("carla", "konrad", "lea", "paul", "mia", "otto", "rita", "anton")
        return {name: getattr(self, name) for name in names}


def assemble() -> Cast:
    """Create the cast and commit it."""
    education = factories.organisation("TMBWK", name="Ministerium für Bildung")
    finance = factories.organisation("TFM", name="Finanzministerium")
    fim = factories.skill("FIM-Prozesse", code="FIM-P", area="FIM & Recht")
    lea = factories.person("Lea Lindner", home_organisation_id=education.id)
    konrad = factories.person("Konrad Kühn", pool_share=None, home_organisation_id=finance.id)
    paul = factories.person("Paul Pohl", home_organisation_id=finance.id, skills={fim: 3})
    project = factories.project(
        "Kita-Fachkräfte online",
        code="OZG-2026-001",
        organisation_id=education.id,
        lead_id=lea.id,
        coordinator_id=konrad.id,
    )
    foreign = factories.project("Grundsteuer-Auskunft", code="OZG-2026-002", organisation_id=finance.id)
    factories.assignment(paul, project, share=50)
    cast = Cast(
        education=education,
        finance=finance,
        fim=fim,
        lea_person=lea,
        konrad_person=konrad,
        paul_person=paul,
        project=project,
        foreign_project=foreign,
        carla=factories.user("carla", Role.CIO_OFFICE, name="Carla CIO"),
        konrad=factories.user("konrad", Role.COORDINATOR, person_id=konrad.id, coordinates=[education]),
        lea=factories.user("lea", Role.PROJECT_LEAD, person_id=lea.id),
        paul=factories.user("paul", Role.POOL_MEMBER, person_id=paul.id),
        mia=factories.user("mia", Role.MINISTRY, organisation_id=education.id),
        otto=factories.user("otto", Role.MINISTRY, organisation_id=finance.id),
        rita=factories.user("rita", Role.AUDITOR),
        anton=factories.user("anton", Role.ADMIN),
    )
    db.session.commit()
    return cast
