"""The notices of a user, for "Meine Daten"."""

from flask_babel import lazy_gettext as _l

from portfolio.access.models import User
from portfolio.access.privacy import Section, collector
from portfolio.dashboard.notices.sight import in_words
from portfolio.extensions import db
from portfolio.notify.queries import notices_of


@collector
def _notices(user: User) -> Section:
    found = db.session.scalars(notices_of(user.id)).all()
    lines = in_words(found, user.actor)
    return Section(
        key="notices",
        title=_l("Hinweise"),
        fields={"at": _l("Zeitpunkt"), "words": _l("Hinweis"), "read_at": _l("Gelesen")},
        rows=[
            {"at": notice.at, "words": line.words, "read_at": notice.read_at}
            for notice, line in zip(found, lines, strict=True)
        ],
    )
