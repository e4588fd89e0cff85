"""Projects with their services, milestones, the forecasts that make the milestone trend, status reports and risks."""

from portfolio.projects.models.milestone import Forecast, Milestone
from portfolio.projects.models.project import (
    CLOSED_PHASES,
    EFA_MODELS,
    DeliveryModel,
    FimStatus,
    MaturityModel,
    Phase,
    Project,
    ServiceLink,
    TechnicalBasis,
)
from portfolio.projects.models.report import DIMENSIONS, StatusReport
from portfolio.projects.models.risk import Risk, RiskLevel, RiskState

__all__ = [
    "CLOSED_PHASES",
    "DIMENSIONS",
    "EFA_MODELS",
    "DeliveryModel",
    "FimStatus",
    "Forecast",
    "MaturityModel",
    "Milestone",
    "Phase",
    "Project",
    "Risk",
    "RiskLevel",
    "RiskState",
    "ServiceLink",
    "StatusReport",
    "TechnicalBasis",
]
