"""A POST that is repeated under the same Idempotency-Key has one effect and one answer.

The key is claimed before the work begins, in the same transaction: a repeat at the same moment waits at the unique
index until the first has its answer. What never came to a decision (bad input, missing rights) is not kept.
"""

import hashlib
import re
from collections.abc import Callable
from datetime import timedelta

from flask import Response, request
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from portfolio.api.models import IdempotentAnswer
from portfolio.api.problems import BadInput, KeyUsedOtherwise, answer_to
from portfolio.extensions import db
from portfolio.web import clock
from portfolio.web.problems import Problem

HEADER = "Idempotency-Key"
KEPT_FOR = timedelta(hours=24)
KEPT_HEADERS = ("Content-Type", "ETag", "Location")
PATTERN = r"^[!-~]{1,200}$"


def once(work: Callable[[], Response]) -> Response:
    """Do `work` and commit it; under a key that has its answer already, give that instead."""
    key = _key()
    if key is None:
        answer = work()
        db.session.commit()
        return answer
    claim = _claim(key)
    if claim.status:
        return _repeated(claim)
    try:
        answer = work()
    except Problem as refusal:
        if refusal.status != 409:
            raise
        db.session.rollback()
        answer = answer_to(refusal)
        claim = _claim(key)
        if claim.status:
            return _repeated(claim)
    _keep(claim, answer)
    db.session.commit()
    return answer


def _key() -> str | None:
    key = request.headers.get(HEADER)
    if key is not None and not re.fullmatch(PATTERN, key):
        raise BadInput({HEADER: _("Bitte 1 bis 200 sichtbare ASCII-Zeichen ohne Leerzeichen angeben.")})
    return key


def _claim(key: str) -> IdempotentAnswer:
    """The row of this key: a new one without a status, or the one that already has the answer."""
    user_id: int = current_user.id
    found = _find(user_id, key)
    if found is not None:
        return found
    _forget_old()
    claim = IdempotentAnswer(
        user_id=user_id, key=key, fingerprint=_fingerprint(), status=0, headers={}, body="", at=clock.now()
    )
    try:
        db.session.add(claim)
        db.session.flush()
    except IntegrityError:  # a repeat at the same moment was first, and is done
        db.session.rollback()
        found = _find(user_id, key)
        if found is None:
            raise
        return found
    return claim


def _find(user_id: int, key: str) -> IdempotentAnswer | None:
    statement = select(IdempotentAnswer).where(IdempotentAnswer.user_id == user_id, IdempotentAnswer.key == key)
    return db.session.scalar(statement.where(IdempotentAnswer.at > clock.now() - KEPT_FOR))


def _forget_old() -> None:
    old = delete(IdempotentAnswer).where(IdempotentAnswer.at <= clock.now() - KEPT_FOR)
    db.session.execute(old, execution_options={"unaudited": True})  # answers are no facts of the field


def _fingerprint() -> str:
    """What makes a request the same: its address and its body."""
    return hashlib.sha256(request.full_path.encode() + b"\n" + request.get_data()).hexdigest()


def _keep(claim: IdempotentAnswer, answer: Response) -> None:
    claim.status = answer.status_code
    claim.headers = {name: answer.headers[name] for name in KEPT_HEADERS if name in answer.headers}
    claim.body = answer.get_data(as_text=True)


def _repeated(claim: IdempotentAnswer) -> Response:
    if claim.fingerprint != _fingerprint():
        raise KeyUsedOtherwise
    return Response(claim.body, claim.status, claim.headers)
