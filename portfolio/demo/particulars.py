"""What the demo's projects say beyond the necessary: law, file references, FIM, technology."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from portfolio.projects.models import EFA_MODELS, DeliveryModel, FimStatus, Phase, TechnicalBasis
from portfolio.projects.services import add_technical_basis
from portfolio.web.models import FederalState

TECHNICAL_BASES = (
    "ThAVEL",
    "FIT-Connect",
    "Form-Solutions",
    "cit intelliForm",
    "Bezahldienst",
    "Eigenes Fachverfahren",
)
STATES = (FederalState.HH, FederalState.BW, FederalState.NI, FederalState.HE, FederalState.MV)
EARLY = (Phase.PRECHECK, Phase.PREPARATION)


def create_technical_bases() -> list[TechnicalBasis]:
    return [add_technical_basis(name) for name in TECHNICAL_BASES]


def of(number: int, phase: Phase, model: DeliveryModel, start: date, bases: Sequence[TechnicalBasis]) -> dict[str, Any]:
    """Projects that have begun know more than those that are being prepared."""
    if phase in EARLY:
        return {"implementing_state": _state(number, model)}
    second = bases[(number * 2 + 1) % len(bases)]
    used = {bases[number % 3], second} if number % 2 else {bases[number % 3]}
    done = phase in (Phase.ROLLOUT, Phase.COMPLETED)
    return {
        "implementing_state": _state(number, model),
        "technical_basis_ids": tuple(sorted(basis.id for basis in used)),
        "sdg_relevant": number % 4 == 0,
        "sdg_code": f"R{number % 9 + 1}" if number % 8 == 0 else None,
        "fim_service": FimStatus.RELEASED if done or number % 3 == 0 else FimStatus.SUBMITTED,
        "fim_process": FimStatus.RELEASED if done else FimStatus.IN_PROGRESS,
        "fim_data": FimStatus.RELEASED if done else (FimStatus.NOT_PLANNED, FimStatus.IN_PROGRESS)[number % 2],
        "legal_basis": "Fachgesetz und Onlinezugangsgesetz, siehe Projektauftrag",
        "file_reference": f"1040-{number + 1:03d}/{start.year}",
        "mandated_on": start - timedelta(days=21),
    }


def _state(number: int, model: DeliveryModel) -> FederalState | None:
    if model is DeliveryModel.EFA_OWN:
        return FederalState.TH
    return STATES[number % len(STATES)] if model in EFA_MODELS else None
