"""What the demo's ministries are working on and asking for."""

from portfolio.projects.models import DeliveryModel, Phase
from portfolio.support.models import RequestState

_OWN, _EFA = DeliveryModel.OWN, DeliveryModel.EFA_REUSE_SECURED
_OPEN, _MADE_HERE = DeliveryModel.EFA_REUSE_OPEN, DeliveryModel.EFA_OWN

# (title, ministry, phase, weeks from today to the start, weeks in all, priority, delivery model, service key or None)
ProjectRow = tuple[str, str, Phase, int, int, int, DeliveryModel, str | None]
PROJECTS: tuple[ProjectRow, ...] = (
    ("Wohngeld online beantragen", "TMDI", Phase.IMPLEMENTATION, -20, 46, 1, _EFA, "99107023017000"),
    ("Kita-Aufnahme digital", "TMBWK", Phase.IMPLEMENTATION, -16, 44, 2, _OWN, "99041004034000"),
    ("Anerkennung sozialpädagogischer Fachkräfte", "TMBWK", Phase.CONCEPT, -8, 40, 2, _OWN, "99018095016000"),
    ("Elterngeld: Anschluss an den Verbund", "TMSGAF", Phase.ROLLOUT, -40, 52, 2, _EFA, "99041006017000"),
    ("Digitaler Bauantrag für Gemeinden", "TMDI", Phase.PILOT, -30, 48, 1, _EFA, "99012008001000"),
    ("Blindengeld ohne Papier", "TMSGAF", Phase.IMPLEMENTATION, -12, 36, 2, _OWN, "99107030080000"),
    ("Unterhaltsvorschuss im Verbund", "TMSGAF", Phase.CONCEPT, -6, 42, 2, _OPEN, "99107021017000"),
    ("Grundsteuer-Auskunft", "TFM", Phase.IMPLEMENTATION, -14, 40, 2, _OWN, "99102012002000"),
    ("Bescheide der Steuerverwaltung elektronisch zustellen", "TFM", Phase.PREPARATION, -2, 38, 2, _OWN, None),
    ("Einbürgerung: Antrag und Terminbuchung", "TMIKL", Phase.IMPLEMENTATION, -18, 50, 1, _EFA, "99099002006000"),
    ("Jagdschein und Jagdbezirk online", "TMUENF", Phase.CONCEPT, -4, 34, 3, _OWN, "99067004001000"),
    ("Fischereischein digital", "TMWLLR", Phase.PILOT, -26, 40, 3, _MADE_HERE, "99042001012000"),
    ("Erstaufforstung: Genehmigungsverfahren", "TMUENF", Phase.PREPARATION, -1, 30, 3, _OWN, "99048003006000"),
    (
        "Denkmalförderung: Antrag und Nachweis",
        "TSK",
        Phase.IMPLEMENTATION,
        -10,
        34,
        3,
        _OWN,
        "99033001017000",
    ),
    ("Ehrenamtsförderung mit einem Antrag", "TSK", Phase.PILOT, -24, 40, 3, _OPEN, "99030003027000"),
    ("Anerkennung ausländischer Berufsabschlüsse", "TMBWK", Phase.PREPARATION, 2, 44, 2, _OPEN, "99150001001037"),
    ("Gaststättenerlaubnis im Unternehmenskonto", "TMWLLR", Phase.IMPLEMENTATION, -9, 32, 2, _EFA, "99025002005000"),
    ("Handwerksrolle: Eintragung online", "TMWLLR", Phase.PREPARATION, 3, 30, 3, _OPEN, "99058007060008"),
    ("Vereinsregister-Auskunft", "TMJMV", Phase.CONCEPT, -5, 34, 3, _OWN, "99119001012000"),
    ("Terminbuchung der Gerichte", "TMJMV", Phase.PRECHECK, 4, 36, 3, _OWN, None),
    ("Pflegegeld: Antrag in einfacher Sprache", "TMSGAF", Phase.PREPARATION, 1, 36, 2, _OWN, "99106011080000"),
    ("Betriebserlaubnis für Kindertageseinrichtungen", "TMBWK", Phase.PRECHECK, 6, 40, 3, _OWN, "99071001000000"),
    ("Führerscheinumtausch digital", "TMDI", Phase.ROLLOUT, -44, 60, 2, _EFA, "99023001012000"),
    ("Hundesteuer: Muster für Gemeinden", "TMIKL", Phase.CONCEPT, -3, 28, 4, _MADE_HERE, "99102013002000"),
    ("Personalausweis: Status abfragen", "TMIKL", Phase.DEFERRED, -22, 40, 4, _OPEN, "99008001012000"),
    ("E-Akte in den Landesämtern", "TMIKL", Phase.IMPLEMENTATION, -28, 70, 2, _OWN, None),
    ("Basisdienst Bezahlen", "TMDI", Phase.ROLLOUT, -50, 64, 1, _MADE_HERE, None),
    ("Hilfen zur Erziehung: Fachverfahren anbinden", "TMSGAF", Phase.PRECHECK, 8, 40, 3, _OWN, "99060008080000"),
    ("Wohngeld: Änderungsmitteilung", "TMDI", Phase.COMPLETED, -70, 44, 2, _EFA, "99107023011000"),
    ("Führungszeugnis im Landesportal", "TMJMV", Phase.COMPLETED, -64, 36, 3, _EFA, "99049001001001"),
    ("Statistikmeldungen der Gemeinden", "TMIKL", Phase.CANCELLED, -40, 40, 4, _OWN, None),
)

# The needs of a project, in turn: (skill, level, share, weeks from the start, length in weeks)
NEED_SETS = (
    (("FIM-PROZ", 2, 40, 0, 14), ("FORM-THAVEL", 3, 60, 8, 20), ("QS-BITV", 2, 20, 16, 12)),
    (("ORG-ANF", 2, 50, 0, 12), ("TECH-SCHNITT", 2, 60, 6, 22), ("QS-TEST", 2, 40, 18, 12)),
    (("RECHT-NORM", 3, 30, 0, 10), ("FIM-LEIST", 3, 40, 2, 16), ("FORM-FS", 2, 50, 10, 18)),
    (("TECH-ARCH", 3, 30, 0, 20), ("FORM-EFA", 2, 40, 4, 22), ("ORG-SCHUL", 2, 30, 18, 12)),
    (("FIM-DATEN", 2, 40, 0, 12), ("FORM-PAY", 2, 30, 8, 14), ("QS-DSFA", 2, 20, 4, 10)),
)

# (title, ministry, state, service key or None, weeks from today to the start, length, needs as (skill, level, share))
RequestRow = tuple[str, str, RequestState, str | None, int, int, tuple[tuple[str, int, int], ...]]
REQUESTS: tuple[RequestRow, ...] = (
    ("Thüringer Fachkräfteinitiative Kita: Antrag auf einen der 60 Ausbildungsplätze", "TMBWK", RequestState.SUBMITTED,
     "99041004000000", 5, 26, (("FIM-PROZ", 3, 40), ("FORM-THAVEL", 3, 60), ("QS-BITV", 2, 20))),
    ("Lernmittelfreiheit: Antrag der Eltern", "TMBWK", RequestState.DRAFT, None, 8, 20, (("ORG-ANF", 2, 40),)),
    ("Hochschulzulassung: Nachweise hochladen", "TMBWK", RequestState.QUESTION, None, 6, 24,
     (("TECH-SCHNITT", 2, 50), ("QS-UX", 2, 20))),
    ("Förderung der Musikschulen", "TMBWK", RequestState.REJECTED, None, 4, 16, (("FORM-FS", 2, 40),)),
    ("Schulanmeldung für die erste Klasse", "TMBWK", RequestState.ACCEPTED, None, 4, 30,
     (("FIM-LEIST", 3, 40), ("FORM-THAVEL", 3, 50))),
    ("Lohnsteuerhilfevereine: Anerkennung", "TFM", RequestState.SUBMITTED, None, 7, 18,
     (("RECHT-NORM", 3, 30), ("FORM-CIT", 2, 40))),
    ("Versorgungsbezüge: Mitteilung online", "TFM", RequestState.COUNTER_OFFERED, None, 5, 22,
     (("FORM-THAVEL", 3, 60), ("QS-DSFA", 2, 20))),
    ("Reisekosten der Landesbediensteten", "TFM", RequestState.WITHDRAWN, None, 3, 20, (("ORG-EAKTE", 2, 40),)),
    ("Waldbrandmeldungen der Forstämter", "TMUENF", RequestState.SUBMITTED, None, 9, 26,
     (("TECH-ARCH", 3, 30), ("TECH-WEB", 2, 60))),
    ("Wasserrechtliche Erlaubnis: Antrag", "TMUENF", RequestState.PARTLY_ACCEPTED, None, 3, 28,
     (("FIM-DATEN", 2, 40), ("TECH-SCHNITT", 3, 60))),
    ("Gewerbesteuer: Schnittstelle zum Unternehmenskonto", "TMWLLR", RequestState.SUBMITTED, None, 10, 30,
     (("TECH-SCHNITT", 3, 60), ("FORM-ID", 2, 30))),
    ("Marktüberwachung: Meldungen von Händlern", "TMWLLR", RequestState.DRAFT, None, 12, 20, ()),
    ("Betreuungsgerichte: Berichte einreichen", "TMJMV", RequestState.QUESTION, None, 6, 22, (("QS-SICHER", 3, 30),)),
    ("Pflegekammer: Registrierung", "TMSGAF", RequestState.ACCEPTED, None, 2, 26,
     (("FORM-ID", 2, 30), ("FORM-THAVEL", 2, 50))),
    ("Katastrophenschutz: Helferlisten", "TMIKL", RequestState.SUBMITTED, None, 4, 24,
     (("ORG-ANF", 3, 40), ("TECH-DB", 2, 40), ("QS-SICHER", 2, 20))),
)  # fmt: skip
