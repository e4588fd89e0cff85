"""The `flask` commands: each a few lines that call a domain and commit."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext

from portfolio import standards
from portfolio.access.exports import export_organisations
from portfolio.access.imports import import_organisations
from portfolio.access.policy import Role
from portfolio.access.queries import user_by_login
from portfolio.access.services import UserData, create_token, create_user
from portfolio.audit.verify import verify as verify_audit
from portfolio.catalogue.exports import export_bundles, export_services
from portfolio.catalogue.imports import import_bundles, import_services
from portfolio.cli.plan import plan_group
from portfolio.demo import load as demo
from portfolio.exchange.labels import describe_defect, describe_finding
from portfolio.exchange.problems import NotATable
from portfolio.exchange.read import read_table
from portfolio.exchange.report import Outcome
from portfolio.exchange.table import Table
from portfolio.exchange.write import Table as Written
from portfolio.exchange.write import write_table
from portfolio.extensions import db
from portfolio.jobs.worker import Worker
from portfolio.staffing.verification import verify as verify_ledger
from portfolio.web import clock
from portfolio.web.problems import Problem, describe
from portfolio.web.startup import check_schema

IMPORTS: dict[str, Callable[[Table], Outcome]] = {
    "organisations": import_organisations,
    "bundles": import_bundles,
    "services": import_services,
}
EXPORTS: dict[str, Callable[[], Written]] = {
    "organisations": export_organisations,
    "bundles": export_bundles,
    "services": export_services,
}
ENDINGS = ("csv", "xlsx")
SHOWN_FINDINGS = 200
TOKEN_NAME = "flask token create"  # noqa: S105 - the name of a token, not a token

demo_group = AppGroup("demo", help="Demo data.")
standards_group = AppGroup("standards", help="What is shipped for every installation.")
user_group = AppGroup("user", help="Accounts.")
token_group = AppGroup("token", help="API tokens.")
audit_group = AppGroup("audit", help="The change log.")
ledger_group = AppGroup("ledger", help="The person-week ledger.")


def init_app(app: Flask) -> None:
    for command in (
        demo_group,
        standards_group,
        user_group,
        token_group,
        audit_group,
        ledger_group,
        plan_group,
        import_command,
        export_command,
        worker,
    ):
        app.cli.add_command(command)


@demo_group.command("load")
@click.option("--if-empty", is_flag=True, help="Do nothing when there are accounts already.")
def demo_load(if_empty: bool) -> None:
    """Load the demo into an empty database, and say how to log in to it."""
    if demo.is_empty():
        demo.load(clock.today())
        db.session.commit()
        click.echo("Demo data loaded.")
    elif not if_empty:
        _fail("The database is not empty: demo data belong into a new one.")
    if logins := demo.logins():
        click.echo(f"\n  Demo-Zugänge: {'  '.join(logins)}\n  Kennwort für alle: {demo.PASSWORD}")


@standards_group.command("load")
def standards_load() -> None:
    """Enter the shipped skill catalogue and need templates; do nothing when there are skills already."""
    if standards.is_wanted():
        standards.load()
        db.session.commit()
        click.echo("Skill catalogue and need templates loaded.")


@user_group.command("create")
@click.argument("login")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice([role.value for role in Role]))
@click.option("--name", default=None, help="Defaults to the login.")
@click.password_option()
def user_create(login: str, roles: tuple[str, ...], name: str | None, password: str) -> None:
    """Create an account."""
    data = UserData(
        login=login,
        name=name or login,
        email=None,
        roles=frozenset(Role(role) for role in roles),
        organisation_id=None,
        person_id=None,
        coordinates=(),
    )
    try:
        create_user(data, password)
    except Problem as problem:
        _fail(describe(problem))
    db.session.commit()
    click.echo(f"Account {login} created.")


@token_group.command("create")
@click.option("--user", "login", required=True)
@click.option("--name", default=TOKEN_NAME)
@click.option("--days", default=365, type=click.IntRange(1, 3650))
def token_create(login: str, name: str, days: int) -> None:
    """Create an API token; it is shown once, alone on the last line."""
    user = user_by_login(login)
    if user is None:
        _fail(f"There is no account {login}.")
    _row, token = create_token(user, name, days)
    db.session.commit()
    click.echo(token)


@click.command("import")
@click.argument("kind", type=click.Choice(list(IMPORTS)))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Report only, change nothing.")
@with_appcontext
def import_command(kind: str, file: Path, dry_run: bool) -> None:
    """Import a table, CSV or XLSX: all of it or nothing."""
    try:
        outcome = IMPORTS[kind](read_table(file, file.name))
    except NotATable as problem:
        _fail(f"{file.name}: {describe_defect(problem)}")
    _print_findings(outcome)
    if not outcome.report.ok:
        db.session.rollback()
        _fail(f"{outcome.report.error_count} errors: nothing was imported.")
    if dry_run:
        db.session.rollback()
    else:
        db.session.commit()
    done = "would be " if dry_run else ""
    click.echo(f"{outcome.created} {done}created, {outcome.changed} {done}changed, {outcome.unchanged} unchanged.")


@click.command("export")
@click.argument("kind", type=click.Choice(list(EXPORTS)))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def export_command(kind: str, file: Path) -> None:
    """Write a table that can be imported again; the ending of FILE, .csv or .xlsx, says how."""
    ending = file.suffix.lower().removeprefix(".")
    if ending not in ENDINGS:
        _fail(f"{file.name}: name it .csv or .xlsx.")
    table = EXPORTS[kind]()
    try:
        file.write_bytes(write_table(table, ending))
    except OSError as reason:
        _fail(f"{file}: {reason.strerror}.")
    click.echo(f"{len(table.rows)} rows written to {file}.")


@audit_group.command("verify")
def audit_verify() -> None:
    """Recompute the chain of the change log."""
    result = verify_audit()
    state = "intact" if result.intact else f"BROKEN at entry {result.first_broken}"
    click.echo(f"{result.entries} entries, values of {result.erased} erased: {state}.")
    sys.exit(0 if result.intact else 1)


@ledger_group.command("verify")
def ledger_verify() -> None:
    """Recompute the ledger from assignments and pool shares."""
    result = verify_ledger()
    for wrong in result.found[:SHOWN_FINDINGS]:
        place = f"person {wrong.person_id}, {wrong.week}, {wrong.column}"
        click.echo(f"{place}: {wrong.stored} stored, {wrong.expected} expected", err=True)
    state = "equal" if result.ok else f"{len(result.found)} WRONG, {len(result.need_ids)} needs wrongly open or closed"
    click.echo(f"{result.entries} person-weeks compared with assignments and pool shares: {state}.")
    sys.exit(0 if result.ok else 1)


@click.command("worker")
@with_appcontext
def worker() -> None:
    """Run background jobs until told to stop."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    check_schema(app)
    Worker(app).run()


def _print_findings(outcome: Outcome) -> None:
    report = outcome.report
    for finding in report.errors[:SHOWN_FINDINGS]:
        click.echo(f"Fehler: {describe_finding(finding)}", err=True)
    for finding in report.notices[:SHOWN_FINDINGS]:
        click.echo(f"Hinweis: {describe_finding(finding)}", err=True)
    unseen = report.error_count + report.notice_count - 2 * SHOWN_FINDINGS
    if unseen > 0:
        click.echo(f"… {report.error_count} / {report.notice_count}", err=True)


def _fail(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(1)
