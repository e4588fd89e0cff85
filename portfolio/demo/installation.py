"""What the demo's administration has set: a day off of one year, and the texts of the legal pages."""

from dataclasses import replace
from datetime import date, timedelta

from portfolio.extensions import db
from portfolio.planning.days_off import DayOff
from portfolio.settings.queries import stored_settings
from portfolio.settings.services import change_settings
from portfolio.web import settings

IMPRINT = """# Anschrift
CIO-Büro des Freistaats, Musterstraße 1, 99084 Erfurt

# Verantwortlich für den Inhalt
Referat Digitale Verwaltung. Diese Angaben sind Beispiele der Demo."""
PRIVACY = """# Datenschutzbeauftragte
Erreichbar unter datenschutz@demo.example. Die Rechtsgrundlage der Verarbeitung und die Dienstvereinbarung nennt hier
die betreibende Stelle; diese Angaben sind Beispiele der Demo."""
ACCESSIBILITY = """# Durchsetzungsstelle
Hilft unsere Antwort nicht weiter, vermittelt die zuständige Durchsetzungsstelle. Dies ist ein Beispiel der Demo."""


def create(today: date) -> None:
    now = settings.current()
    june = date(today.year + 1, 6, 1)
    outing = june + timedelta(days=(2 - june.weekday()) % 7)  # its first Wednesday
    change_settings(
        db.session.scalars(stored_settings()).one(),
        now,
        replace(
            now,
            days_off=(*now.days_off, DayOff("Betriebsausflug", outing.month, outing.day, outing.year)),
            imprint_notice=IMPRINT,
            privacy_notice=PRIVACY,
            accessibility_notice=ACCESSIBILITY,
        ),
    )
