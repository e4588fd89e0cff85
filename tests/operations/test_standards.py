"""What every installation begins with, demo or not; and what one keeps that was in use before templates were rows."""

from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import text

from portfolio import create_app
from portfolio.extensions import db
from portfolio.pool.models import Skill
from portfolio.support.models import NeedTemplate
from portfolio.support.templates import COORDINATION, LEADING
from tests import factories
from tests.support.run import SETTINGS


def load(app: Flask) -> str:
    db.session.commit()
    return app.test_cli_runner().invoke(args=["standards", "load"]).output


def test_empty_installation_gets_skills_and_templates(app: Flask) -> None:
    load(app)

    codes = {skill.code for skill in db.session.query(Skill)}
    assert len(codes) >= 40
    assert {LEADING.skill_code, COORDINATION.skill_code} <= codes
    counts = {template.name: len(template.rows) for template in db.session.query(NeedTemplate)}
    assert counts == {"Standardteam Online-Antrag": 7, "Standardteam EfA-Nachnutzung": 4}


def test_catalogue_that_somebody_entered_is_left_alone(app: Flask) -> None:
    factories.skill("Nur diese")

    assert load(app) == ""
    assert [skill.name for skill in db.session.query(Skill)] == ["Nur diese"]


@pytest.fixture
def in_use(tmp_path: Path) -> Flask:
    """An installation before templates were rows, with two of their skills."""
    app = create_app({**SETTINGS, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path}/old.db"})
    with app.app_context():
        upgrade(revision="0004")
        for code in ("ORG-ANF", "QS-BITV"):
            values = {"code": code, "version": 1}
            db.session.execute(
                text("INSERT INTO skill (code, name, area, sort_key, version) VALUES (:code, :code, '', '', 1)"),
                values,
                execution_options={"unaudited": True},
            )
        db.session.commit()
    return app


def test_installation_in_use_keeps_its_templates(in_use: Flask) -> None:
    with in_use.app_context():
        upgrade()

        template = db.session.query(NeedTemplate).one()
        assert template.name == "Standardteam Online-Antrag"
        assert [(row.skill.code, row.person_days) for row in template.rows] == [("ORG-ANF", None), ("QS-BITV", 12)]
        db.engine.dispose()
