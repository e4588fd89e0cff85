"""Instances and plans as JSON, `projektpool-instance/1` and `projektpool-plan/1`: strict reading, plain writing.

What makes no sense (unknown ids, windows outside the horizon, negative shares, missing fields) raises Malformed with
one line that says where and what.
"""

from portfolio.planning.formats.explanations import explanation_as_json, read_explanation
from portfolio.planning.formats.fields import Malformed
from portfolio.planning.formats.reading import read_instance, read_plan
from portfolio.planning.formats.writing import assignment_as_json, instance_as_json, plan_as_json

__all__ = [
    "Malformed",
    "assignment_as_json",
    "explanation_as_json",
    "instance_as_json",
    "plan_as_json",
    "read_explanation",
    "read_instance",
    "read_plan",
]
