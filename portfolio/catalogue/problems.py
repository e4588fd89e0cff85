"""What the catalogue refuses, as typed facts."""

from portfolio.web.problems import Invalid, Problem


class NotAKey(Invalid):
    """A service key has 14 digits and begins with 99 (older ones with 77); `key` is what was given, cleaned."""

    field = "service_key"

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class KeyTaken(Problem):
    """Another service has this key."""

    field = "service_key"


class KnownWithoutKey(Problem):
    """Another service without key has this name in the same bundle: nothing would tell the two apart."""

    field = "name"


class OzgIdTaken(Problem):
    """Another bundle has this id."""

    field = "ozg_id"


class NotAnOzgId(Invalid):
    """The id of a bundle has five digits."""

    field = "ozg_id"


class UnknownBundle(Invalid):
    """The bundle does not exist."""

    field = "bundle_id"


class UnknownTopicArea(Invalid):
    """The topic area does not exist."""

    field = "topic_area_id"
