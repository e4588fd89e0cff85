"""Tables handed out as files: who took which, and how many rows, stands in the access log."""

from flask import Response

from portfolio.audit.record import record_export
from portfolio.exchange.write import Table, write_table
from portfolio.extensions import db

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def exported(table: Table, kind: str, name: str, object_type: str) -> Response:
    """The table as a file of a `kind` ("csv" or "xlsx") and a `name`, its export logged. The route commits."""
    content = write_table(table, kind)
    record_export(db.session, object_type, len(table.rows))
    answer = Response(content, content_type=CONTENT_TYPES[kind])
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.{kind}")
    return answer
