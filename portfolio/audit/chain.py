"""The chain of the change log.

The digest of each entry covers the one before, its own facts, and a salted hash of the values, never the values
themselves: erasing them leaves the chain whole.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

from portfolio.planning.weeks import Week

GENESIS = "0" * 64

FACTS = (
    "id",
    "at",
    "actor_id",
    "request_id",
    "verb",
    "object_type",
    "object_id",
    "project_id",
    "person_id",
    "details_digest",
)
"""The columns of an entry that its digest covers."""


def digest_of(previous: str, facts: Mapping[str, Any]) -> str:
    """The link of the chain: SHA-256 over the previous link and the entry's own facts."""
    return _sha256(previous, {name: plain(facts[name]) for name in FACTS})


def digest_of_values(salt: str, values: Mapping[str, Any]) -> str:
    """What the chain holds of the values; it says nothing about them once salt and values are erased."""
    return _sha256(salt, values)


def plain(value: Any) -> Any:
    """A value as JSON keeps it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Week):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, frozenset | set | tuple):
        return sorted(str(plain(item)) for item in value)
    return value


def _sha256(start: str, content: Mapping[str, Any]) -> str:
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256((start + text).encode()).hexdigest()
