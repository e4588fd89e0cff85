"""Pages of requests for support, one file for each use."""

from portfolio.projects import labels as _project_labels  # noqa: F401  (words refusals that accepting passes on)
from portfolio.support import labels, privacy  # noqa: F401  (words the refusals; tells users what is held about them)
from portfolio.support.routes import autosave, decisions, detail, drafts, lists, offers, templates, triage, weighing  # noqa: F401
from portfolio.support.routes.blueprint import bp

__all__ = ["bp"]
