"""Examples of answers, made from the examples of what is sent."""

from typing import Any

from portfolio.api.resource import Resource
from portfolio.api.schema import ApiSchema


def answered_example(schema: ApiSchema) -> dict[str, Any]:
    """What creating the example would answer."""
    values = schema.load(schema.example) if schema.example else {}
    return {"id": 1, "version": 1, **schema.dump(values), **schema.answered}


def page_example(resource: Resource[Any]) -> dict[str, Any]:
    return {"items": [answered_example(resource.schema)], "total": 1, "page": 1, "per_page": 50}
