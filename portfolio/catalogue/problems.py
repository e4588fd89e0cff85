"""What the catalogue refuses, as typed facts."""

from portfolio.web.problems import Invalid, Problem


class NotAKey(Invalid):
    """A service key has 14 digits and begins with 99 (older ones with 77)."""

    field = "service_key"


class KeyTaken(Problem):
    """Another service has this key."""

    field = "service_key"


class OzgIdTaken(Problem):
    """Another bundle has this id."""

    field = "ozg_id"


class NotAnOzgId(Invalid):
    """The id of a bundle has five digits."""

    field = "ozg_id"


class UnknownBundle(Invalid):
    """The bundle does not exist."""

    field = "bundle_id"
