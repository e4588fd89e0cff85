"""Invented people: names drawn from two lists, so that nobody real is meant."""

FIRST_NAMES = """
    Annika Bastian Carolin Dominik Elif Fabian Greta Henning Ines Jannis Kathrin Leon Mareike Nils Olga
    Philipp Ronja Sönke Tabea Uwe Vera Wanja Yasemin Zora Anton Britta Cem Dörte Emil Franka Gesine Hauke
    Ivana Jost Kira Lennart Merle Nora Ole Paula Rasmus Silke Tjark Undine Vincent Wiebke
    """.split()  # noqa: SIM905 - a list of words reads better than 46 quoted ones

LAST_NAMES = """
    Ahornweg Birkner Dorntal Eschbach Falkental Grünhoff Haselbach Immental Jungholz Kieselbach Lindgraben
    Moosbrunn Nesselhof Ohrental Pappelau Quellmann Rautenbach Schilfert Tannwald Ulmenhof Vogelsang Weidenau
    Zirbelmann Ackerhain Brombeer Distelrath Erlenbruch Farnkamp Ginsterloh Holunder Ilmgrund Johanniskamp
    Kornblum Lärchenau Mispelkamp Narzissow Obstfelder Primelhaus Rosengart Schlehdorn Traubner Uferkamp
    Veilchenau Wacholder Ysopfeld Zypressow
    """.split()  # noqa: SIM905 - a list of words reads better than 46 quoted ones

# What people of the pool typically can do: (code, level) first their main skill, then the rest.
PROFILES = (
    (("PM-LEIT", 4), ("PM-RISIKO", 3), ("PM-BERICHT", 3), ("ORG-ANF", 2)),
    (("FIM-PROZ", 3), ("FIM-METH", 3), ("ORG-BPMN", 3)),
    (("FORM-THAVEL", 4), ("FORM-PAY", 3), ("FORM-ID", 2), ("QS-KERN", 2)),
    (("TECH-SCHNITT", 3), ("TECH-WEB", 3), ("TECH-DB", 2)),
    (("QS-BITV", 3), ("QS-UX", 3), ("QS-SPRACHE", 3), ("QS-KERN", 3)),
    (("PM-KOORD", 4), ("PM-PMO", 3), ("PM-BERICHT", 3)),
    (("FIM-LEIST", 4), ("RED-XZUFI", 3), ("RECHT-VERW", 2)),
    (("ORG-ANF", 3), ("ORG-BPMN", 2), ("ORG-SCHUL", 3)),
    (("TECH-ARCH", 4), ("TECH-SCHNITT", 3), ("TECH-OPS", 3), ("TECH-NOOTS", 2)),
    (("QS-TEST", 3), ("TECH-FACH", 2), ("QS-UX", 2)),
    (("FIM-DATEN", 3), ("FIM-METH", 2), ("TECH-SCHNITT", 2)),
    (("RECHT-NORM", 4), ("RECHT-VERW", 4), ("QS-DSFA", 3)),
    (("FORM-FS", 3), ("FORM-CIT", 3), ("FORM-EFA", 2)),
    (("QS-SICHER", 3), ("QS-DSFA", 3), ("TECH-OPS", 2)),
    (("FORM-EFA", 3), ("PM-KOORD", 2), ("ORG-SCHUL", 2)),
    (("PM-LEIT", 3), ("PM-AGIL", 4), ("ORG-ANF", 3)),
    (("ORG-EAKTE", 3), ("ORG-UNTER", 3), ("PM-VERGABE", 2)),
    (("PM-VERGABE", 4), ("PM-HAUSHALT", 3)),
)

# What the office has been shown for a skill, by its code.
EVIDENCE = {
    "PM-LEIT": "Zertifikat PMflex",
    "PM-AGIL": "Zertifikat Scrum Master",
    "QS-TEST": "Zertifikat ISTQB Foundation",
    "QS-BITV": "Schulungsnachweis BITV-Test",
    "FIM-METH": "FIM-Basisschulung",
    "FIM-PROZ": "FIM-Schulung Prozesse",
    "ORG-BPMN": "Zertifikat BPMN 2.0",
}
WORK_SEEN = "Arbeitsprobe aus einem Projekt"


def name(number: int) -> str:
    """The name of invented person `number`; the same first and last name never meet twice below 2,000."""
    first = FIRST_NAMES[number % len(FIRST_NAMES)]
    last = LAST_NAMES[(number * 7 + number // len(LAST_NAMES)) % len(LAST_NAMES)]
    return f"{first} {last}"
