"""The least a page and the capacity data can cost: bare Flask, the bare driver, one query, the same rows."""

import json
from typing import Any

import numpy as np
from flask import Flask
from sqlalchemy import Engine

from portfolio.planning.weeks import Week

LIST = """SELECT p.id, p.code, p.title, o.code, p.phase, p.start, p."end", l.name FROM project p
    JOIN organisation o ON o.id = p.organisation_id LEFT JOIN person l ON l.id = p.lead_id
    ORDER BY p.sort_key, p.id LIMIT 25"""
SPANS = """SELECT person_id, from_week, to_week, share FROM assignment
    WHERE state <> 'declined' AND from_week <= {last} AND to_week >= {first}"""
SHARES = """SELECT person_id, from_week, coalesce(to_week, {last}), share FROM pool_share
    WHERE from_week <= {last} AND (to_week IS NULL OR to_week >= {first})"""
ABSENCES = "SELECT person_id, from_date, to_date FROM absence WHERE from_date <= '{until}' AND to_date >= '{begin}'"


def list_app(engine: Engine) -> Flask:
    """One page: the first 25 projects."""
    app = Flask("floor")

    @app.get("/")
    def rows() -> str:
        lines = ("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in _fetch(engine, LIST))
        return f"<!doctype html><title>Floor</title><table>{''.join(lines)}</table>"

    return app


def capacity(engine: Engine, persons: int, first: Week, weeks: int) -> tuple[Any, Any, Any]:
    """Pool share, booked, and days away of persons 1 to `persons`: rows, difference arrays, nothing else."""
    places = {"first": first.index, "last": first.index + weeks - 1, "begin": first.monday}
    names = places | {"until": (first + weeks).monday}
    booked, shares = (_summed(_fetch(engine, sql.format(**names)), persons, places) for sql in (SPANS, SHARES))
    rows = _fetch(engine, ABSENCES.format(**names))
    ids = np.array([row[0] for row in rows], np.int64)
    days = (np.array([row[1:] for row in rows], "datetime64[D]") - np.datetime64(first.monday)).astype(np.int64)
    away = _steps(ids - 1, days[:, 0], days[:, 1] + 1, np.ones(len(ids), np.int16), (persons, weeks * 7))
    return shares, booked, (away.reshape(persons, weeks, 7)[:, :, :5] > 0).sum(axis=2)


def as_json(shares: Any, booked: Any, away: Any) -> str:
    delivered = (booked * 0.4 * (5 - away) / 5).round(1)
    columns = (shares.tolist(), booked.tolist(), away.tolist(), delivered.tolist())
    return json.dumps({"persons": list(zip(*columns, strict=True))})


def _summed(rows: Any, persons: int, places: dict[str, Any]) -> Any:
    values, origin = np.array(rows, np.int64), places["first"]
    spans = values[:, 0] - 1, values[:, 1] - origin, values[:, 2] + 1 - origin, values[:, 3].astype(np.int16)
    return _steps(*spans, (persons, places["last"] - origin + 1))


def _steps(rows: Any, begins: Any, ends: Any, amounts: Any, shape: tuple[int, int]) -> Any:
    steps = np.zeros((shape[0], shape[1] + 1), np.int16)
    np.add.at(steps, (rows, np.clip(begins, 0, shape[1])), amounts)
    np.subtract.at(steps, (rows, np.clip(ends, 0, shape[1])), amounts)
    return steps.cumsum(axis=1, dtype=np.int16)[:, :-1]


def _fetch(engine: Engine, sql: str) -> list[Any]:
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute(sql)
        return list(cursor.fetchall())
    finally:
        connection.close()
