"""What is shipped for every installation, demo or not: the skill catalogue and the need templates."""

from portfolio.standards.load import is_wanted, load

__all__ = ["is_wanted", "load"]
