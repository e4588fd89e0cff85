"""Ministries and authorities of the demo: nine ministries, some authorities below them, one that has ended."""

from datetime import date

from portfolio.access.models import OrganisationKind

_SUPREME = OrganisationKind.SUPREME
NEW_CUT = date(2024, 12, 13)

# (code, name, kind, code of the authority above)
CURRENT = (
    ("TSK", "Thüringer Staatskanzlei", _SUPREME, None),
    ("TMIKL", "Thüringer Ministerium für Inneres, Kommunales und Landesentwicklung", _SUPREME, None),
    ("TMBWK", "Thüringer Ministerium für Bildung, Wissenschaft und Kultur", _SUPREME, None),
    ("TMJMV", "Thüringer Ministerium für Justiz, Migration und Verbraucherschutz", _SUPREME, None),
    ("TFM", "Thüringer Finanzministerium", _SUPREME, None),
    (
        "TMWLLR",
        "Thüringer Ministerium für Wirtschaft, Landwirtschaft und Ländlichen Raum",
        _SUPREME,
        None,
    ),
    ("TMSGAF", "Thüringer Ministerium für Soziales, Gesundheit, Arbeit und Familie", _SUPREME, None),
    ("TMUENF", "Thüringer Ministerium für Umwelt, Energie, Naturschutz und Forsten", _SUPREME, None),
    ("TMDI", "Thüringer Ministerium für Digitales und Infrastruktur", _SUPREME, None),
    ("TLVwA", "Thüringer Landesverwaltungsamt", OrganisationKind.HIGHER, "TMIKL"),
    ("TLRZ", "Thüringer Landesrechenzentrum", OrganisationKind.STATE_AUTHORITY, "TMDI"),
    ("TLBV", "Thüringer Landesamt für Bau und Verkehr", OrganisationKind.HIGHER, "TMDI"),
    ("TLUBN", "Thüringer Landesamt für Umwelt, Bergbau und Naturschutz", OrganisationKind.HIGHER, "TMUENF"),
    ("TLF", "Thüringer Landesamt für Finanzen", OrganisationKind.HIGHER, "TFM"),
    ("TLS", "Thüringer Landesamt für Statistik", OrganisationKind.HIGHER, "TMIKL"),
)

# (code, name, code of the successor)
FORMER = (("TMBJS", "Thüringer Ministerium für Bildung, Jugend und Sport", "TMBWK"),)
