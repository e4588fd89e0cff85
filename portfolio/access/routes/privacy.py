"""Meine Daten: everything about the user, as a page and as a file."""

from typing import Any

from flask import jsonify, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portfolio.access import privacy, queries
from portfolio.access.changes import in_words
from portfolio.access.guard import requires
from portfolio.access.policy import Action
from portfolio.access.routes.blueprint import bp
from portfolio.audit.chain import plain
from portfolio.audit.models import AuditEntry
from portfolio.extensions import db
from portfolio.web.paging import page_of


@bp.get("/konto/meine-daten")
@requires(Action.USE_OWN_ACCOUNT)
def my_data() -> str:
    page = page_of(queries.changes_about(current_user))
    entries = in_words(page.items, {entry.id for entry in page.items})
    return render_template("access/my_data.html", sections=privacy.collect(current_user), page=page, entries=entries)


@bp.get("/konto/meine-daten.json")
@requires(Action.USE_OWN_ACCOUNT)
def my_data_file() -> ResponseReturnValue:
    data: dict[str, Any] = {
        section.key: [{name: _plain(value) for name, value in row.items()} for row in section.rows]
        for section in privacy.collect(current_user)
    }
    data["changes"] = [_entry(entry) for entry in db.session.scalars(queries.changes_about(current_user))]
    answer = jsonify(data)
    answer.headers["Content-Disposition"] = 'attachment; filename="meine-daten.json"'
    return answer


def _entry(entry: AuditEntry) -> dict[str, Any]:
    return {
        "at": plain(entry.at),
        "verb": plain(entry.verb),
        "object_type": entry.object_type,
        "object_id": entry.object_id,
        "values": entry.detail.values if entry.detail else None,
    }


def _plain(value: Any) -> Any:
    return [plain(each) for each in value] if isinstance(value, list) else plain(value)
