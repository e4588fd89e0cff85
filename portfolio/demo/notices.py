"""What the people of the demo find under the bell: of all that happened while it was made, the latest of each kind."""

from collections import defaultdict
from datetime import timedelta
from itertools import count

from sqlalchemy import delete, func, select

from portfolio.extensions import db
from portfolio.notify.models import Notice
from portfolio.web import clock

KEPT_OF_A_KIND = 2
APART = timedelta(hours=7)
READ_AFTER = 4


def thin_out() -> None:
    """Keep a few, some hours apart; the older ones have been read."""
    rank = func.row_number().over(partition_by=(Notice.user_id, Notice.kind), order_by=Notice.id.desc())
    ranked = select(Notice.id, rank.label("rank")).subquery()
    surplus = select(ranked.c.id).where(ranked.c.rank > KEPT_OF_A_KIND)
    forget = delete(Notice).where(Notice.id.in_(surplus))
    db.session.execute(forget, execution_options={"unaudited": True})  # notices are no facts of the field
    now, ages = clock.now(), defaultdict[int, "count[int]"](lambda: count(1))
    for notice in db.session.scalars(select(Notice).order_by(Notice.id.desc())):
        age = next(ages[notice.user_id])
        notice.at = now - APART * age
        notice.read_at = now - APART if age > READ_AFTER else None
    db.session.flush()
