"""A small catalogue by its facts: topic areas, some bundles and services."""

TOPIC_AREAS = {
    "arbeit_ruhestand": "Arbeit & Ruhestand",
    "bauen_wohnen": "Bauen & Wohnen",
    "bildung": "Bildung",
    "ein_auswanderung": "Ein- & Auswanderung",
    "engagement_hobby": "Engagement & Hobby",
    "familie_kind": "Familie & Kind",
    "forschung_foerderung": "Forschung & Förderung",
    "gesundheit": "Gesundheit",
    "mobilitaet_reisen": "Mobilität & Reisen",
    "querschnittsleistungen": "Querschnitt",
    "recht_ordnung": "Recht & Ordnung",
    "steuern_zoll": "Steuern & Zoll",
    "umwelt": "Umwelt",
    "unternehmensfuehrung_entwicklung": "Unternehmensführung & -entwicklung",
}

# (OZG id, name, situation, topic area, ((service key, name, typing), …))
BUNDLES = (
    ("10000", "Elterngeld", "Geburt", "familie_kind", (("99041006017000", "Elterngeld Bewilligung", "2/3"),)),
    ("10018", "Gewährung von Hilfen zur Erziehung", "Kinderbetreuung", "familie_kind", (
        ("99060008080000", "intensive sozialpädagogische Einzelbetreuung Gewährung", "2/3"),)),
    ("10019", "Kindertagesbetreuung", "Kinderbetreuung", "familie_kind", (
        ("99041004000000", "Kindertagesstätte", "4"),
        ("99041004034000", "Kindertagesstätte Aufnahme", "2/3"))),
    ("10035", "Unterhaltsvorschuss", "Trennung mit Kind", "familie_kind", (
        ("99107021017000", "Unterhaltsvorschuss Bewilligung", "2/3"),)),
    ("10069", "Zulassung für reglementierte Berufe", "Arbeitsplatzwechsel", "arbeit_ruhestand", (
        ("99018095016000", "Sozialpädagogische Fachkräfte Anerkennung", "4"),)),
    ("10092", "Wohngeld", "Finanzielle Existenzsicherung", "arbeit_ruhestand", (
        ("99107023011000", "Wohngeld Änderung", "2/3"),
        ("99107023017000", "Wohngeld Bewilligung", "2/3"))),
    ("10117", "Grundsteuer", "Wohnen & Umzug", "bauen_wohnen", (("99102012002000", "Grundsteuer Festsetzung", "2/3"),)),
    ("10119", "Personalausweis", "Querschnitt Bürger", "querschnittsleistungen", (
        ("99008001012000", "Personalausweis Ausstellung", "2/3"),)),
    ("10134", "Förderung ehrenamtlicher Tätigkeit", "Engagement & Beteiligung", "engagement_hobby", (
        ("99030003027000", "Ehrenamtliche Tätigkeit Förderung", "4"),)),
    ("10148", "Fischereischein", "Fischen & Jagen", "engagement_hobby", (
        ("99042001012000", "Fischereischein Ausstellung", "4"),)),
    ("10149", "Jagdschein und -erlaubnis", "Fischen & Jagen", "engagement_hobby", (
        ("99067004001000", "Jagdschein Erteilung", "2/3"),)),
    ("10160", "Hundehaltung", "Tierhaltung", "engagement_hobby", (("99102013002000", "Hundesteuer Festsetzung", "4"),)),
    ("10169", "Führerschein", "Führerschein", "mobilitaet_reisen", (
        ("99023001012000", "Führerschein Ausstellung", "2/3"),)),
    ("10204", "Blindengeld", "Behinderung", "gesundheit", (("99107030080000", "Blindengeld Gewährung", "4"),)),
    ("10221", "Pflegegeld", "Pflege", "gesundheit", (
        ("99106011080000", "Pflegegeld für selbst beschaffte Pflegehilfen Gewährung", "2/3"),)),
    ("10257", "Einbürgerung", "Einwanderung", "ein_auswanderung", (
        ("99099002006000", "Einbürgerung Genehmigung", "2/3"),)),
    ("10289", "Handwerksrolle und -karte", "Unternehmensstart & Gewerbezulassung", "unternehmensfuehrung_entwicklung", (
        ("99058007060008", "Handwerksrolle Eintragung von Personen mit bestandener Meisterprüfung", "2/3"),)),
    ("10294", "Unternehmensanmeldung und -genehmigung", "Unternehmensstart & Gewerbezulassung",
     "unternehmensfuehrung_entwicklung", (
        ("99025002005000", "Gaststättengewerbe Erlaubnis", "2/3"),
        ("99071001000000", "Erlaubnis für den Betrieb einer Kindertageseinrichtung", "2/3"))),
    ("10504", "Forstmaßnahmengenehmigung", "Abfall & Umweltschutz", "umwelt", (
        ("99048003006000", "Erstaufforstung von Waldflächen Genehmigung", "2/3"),)),
    ("10519", "Bauvorbescheid und Baugenehmigung", "Bauen & Immobilien", "bauen_wohnen", (
        ("99012008001000", "Baugenehmigung Erteilung", "4"),)),
    ("10524", "Denkmalförderung", "Bauen & Immobilien", "bauen_wohnen", (
        ("99033001017000", "Denkmalförderung Bewilligung", "4"),)),
    ("10562", "Führungszeugnis", "Querschnitt Unternehmen", "querschnittsleistungen", (
        ("99049001001001", "Führungszeugnis Erteilung einfach", "2/3"),)),
    ("10573", "Vereinsregister", "Querschnitt Unternehmen", "querschnittsleistungen", (
        ("99119001012000", "Abschrift aus dem Vereinsregister Ausstellung", "2/3"),)),
    ("10578", "Anerkennung ausländischer Berufsqualifikationen", "Berufsausbildung", "bildung", (
        ("99150001001037", "Erlaubnis zum Führen der Berufsbezeichnung Erzieherin oder Erzieher", "4"),)),
)  # fmt: skip
