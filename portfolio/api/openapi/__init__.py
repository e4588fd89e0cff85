"""The OpenAPI document, made from the same values as the routes."""

from portfolio.api.openapi.document import document

__all__ = ["document"]
