"""Pages of requests for support, one file for each use."""

from portfolio.projects import labels as _project_labels  # noqa: F401  (words refusals that accepting passes on)
from portfolio.support import labels  # noqa: F401  (words the refusals)
from portfolio.support.routes import detail, drafts, lists, templates, triage  # noqa: F401
from portfolio.support.routes.blueprint import bp

__all__ = ["bp"]
