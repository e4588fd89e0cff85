"""What the change log tells about, by the name of the table: who may read an entry depends on it."""

PROJECTS = frozenset(
    {
        "project",
        "service_link",
        "milestone",
        "forecast",
        "status_report",
        "risk",
        "need",
        "assignment",
        "booking_override",
    }
)
REQUESTS = frozenset({"support_request", "request_need", "request_comment", "decision"})
PERSONS = frozenset({"person", "pool_share", "person_skill", "absence"})
LISTS = frozenset({"skill", "need_template", "need_template_row", "technical_basis"})
CATALOGUES = LISTS | {"organisation", "service", "service_bundle", "topic_area"}
ACCOUNTS = frozenset({"user", "coordination", "api_token"})

PLANNING = PROJECTS | REQUESTS | PERSONS | LISTS | {"settings"}  # days off and thresholds bear on every plan
TECHNICAL = ACCOUNTS | CATALOGUES | {"settings"}
