"""Reading the stored settings for change."""

from sqlalchemy import Select, select

from portfolio.web.models import StoredSettings

THE_ROW = 1


def stored_settings() -> Select[StoredSettings]:
    return select(StoredSettings)
