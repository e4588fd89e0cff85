"""Configuration: every value comes from the environment; `create_app` may override it for tests."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent
INSTANCE = ROOT / "instance"


class Config:
    """What `make run` uses: a SQLite file, plain HTTP on 127.0.0.1, a secret key kept in instance/."""

    ENVIRONMENT = os.environ.get("PROJEKTPOOL_ENV", "local")
    SECRET_KEY = os.environ.get("SECRET_KEY", "")
    SECRET_KEY_FILE = INSTANCE / "secret-key"
    SQLALCHEMY_DATABASE_URI = os.environ.get("DATABASE_URL") or f"sqlite:///{INSTANCE / 'projektpool.db'}"
    TRUSTED_HOSTS = os.environ.get("TRUSTED_HOSTS", "").split() or None
    PROXY_HOPS = int(os.environ.get("PROXY_HOPS", "0"))
    MAX_CONTENT_LENGTH = int(os.environ.get("MAX_UPLOAD_BYTES", str(20 * 1024 * 1024)))
    MAX_FORM_MEMORY_SIZE = 2 * 1024 * 1024

    BABEL_DEFAULT_LOCALE = "de"
    BABEL_DEFAULT_TIMEZONE = "Europe/Berlin"
    BABEL_TRANSLATION_DIRECTORIES = str(ROOT / "translations")
    LANGUAGES = ("de", "en")

    SESSION_COOKIE_NAME = "projektpool"
    SESSION_COOKIE_HTTPONLY = True
    SESSION_COOKIE_SAMESITE = "Lax"
    SESSION_HOURS = int(os.environ.get("SESSION_HOURS", "12"))
    WTF_CSRF_TIME_LIMIT = None  # the token lives as long as the session; an old tab must not lose its input

    OPERATING_BODY = os.environ.get("OPERATING_BODY", "CIO-Büro des Freistaats")
    CONTACT_EMAIL = os.environ.get("CONTACT_EMAIL", "projektpool@example.org")
    FULL_TIME_HOURS = float(os.environ.get("FULL_TIME_HOURS", "40.0"))
    DAYS_OFF = tuple(os.environ.get("DAYS_OFF", "12-24 12-31").split())  # month-day, besides public holidays
    HOLIDAY_STATE = os.environ.get("HOLIDAY_STATE", "TH")


class ProductionConfig(Config):
    """Behind HTTPS; `portfolio.web.startup` refuses to start when anything here is unsafe."""

    SESSION_COOKIE_NAME = "__Host-projektpool"
    SESSION_COOKIE_SECURE = True


def from_environment() -> type[Config]:
    """The configuration class that PROJEKTPOOL_ENV asks for."""
    return ProductionConfig if Config.ENVIRONMENT == "production" else Config
