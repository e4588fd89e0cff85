"""Finds the best plan for an instance and proves how good it is. See docs/adr for how, and `rules` for what is good."""
