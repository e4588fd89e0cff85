"""The optional particulars of a project in words."""

from collections.abc import Iterator

from flask_babel import gettext as _

from portfolio.projects.labels.words import DELIVERY_MODELS, FIM_STATUSES
from portfolio.projects.models import Project
from portfolio.settings.labels import STATES
from portfolio.web.formats import format_day


def particulars(project: Project) -> list[tuple[str, str]]:
    """What of it is filled in, as label and words. Loads the technical bases."""
    return [(label, str(words)) for label, words in _all(project) if words is not None]


def _all(project: Project) -> Iterator[tuple[str, object]]:
    yield _("Umsetzungsart"), DELIVERY_MODELS[project.delivery_model] if project.delivery_model else None
    yield _("Umsetzendes Land"), STATES[project.implementing_state] if project.implementing_state else None
    yield _("Technische Basis"), ", ".join(basis.name for basis in project.technical_bases) or None
    yield _("FIM-Leistung"), FIM_STATUSES[project.fim_service] if project.fim_service else None
    yield _("FIM-Prozess"), FIM_STATUSES[project.fim_process] if project.fim_process else None
    yield _("FIM-Datenfelder"), FIM_STATUSES[project.fim_data] if project.fim_data else None
    yield _("SDG-relevant"), _sdg(project)
    yield _("Rechtsgrundlage"), project.legal_basis
    yield _("Aktenzeichen"), project.file_reference
    yield _("Projektauftrag erteilt am"), format_day(project.mandated_on) if project.mandated_on else None


def _sdg(project: Project) -> str | None:
    if project.sdg_relevant is None:
        return None
    if not project.sdg_relevant:
        return _("nein")
    return _("ja, Code %(code)s", code=project.sdg_code) if project.sdg_code else _("ja")
