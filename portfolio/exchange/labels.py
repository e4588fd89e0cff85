"""What is wrong with a file or a cell, in words."""

from flask_babel import gettext as _

from portfolio.exchange.problems import Defect, NotATable
from portfolio.exchange.report import Finding, Reason, ReasonCode


def describe_finding(finding: Finding) -> str:
    """Line, column and reason as one sentence."""
    place = _("Zeile %(line)s", line=finding.line)
    if finding.column:
        place = _("%(place)s, Spalte „%(column)s“", place=place, column=finding.column)
    return f"{place}: {describe_reason(finding.reason)}"


def describe_reason(why: Reason) -> str:
    sentences = {
        ReasonCode.REQUIRED: _("Hier fehlt eine Angabe."),
        ReasonCode.UNKNOWN_VALUE: _("„%(value)s“ gehört nicht zu den möglichen Werten.", **_texts(why, "value")),
        ReasonCode.UNKNOWN_REFERENCE: _("„%(value)s“ gibt es nicht.", **_texts(why, "value")),
        ReasonCode.NOT_A_WEEK: _("„%(value)s“ ist keine Kalenderwoche wie KW 49/2026.", **_texts(why, "value")),
        ReasonCode.NOT_A_DATE: _("„%(value)s“ ist kein Datum wie 23.11.2026.", **_texts(why, "value")),
        ReasonCode.NOT_A_NUMBER: _("„%(value)s“ ist keine Zahl der erwarteten Form.", **_texts(why, "value")),
        ReasonCode.OUT_OF_RANGE: _("Der Wert muss zwischen %(min)s und %(max)s liegen.", **_texts(why, "min", "max")),
        ReasonCode.TOO_LONG: _("Der Text ist länger als %(max)s Zeichen.", **_texts(why, "max")),
        ReasonCode.DUPLICATE: _("Dasselbe steht schon in Zeile %(line)s.", **_texts(why, "line")),
        ReasonCode.NOT_A_KEY: _("„%(value)s“ ist kein Leistungsschlüssel aus 14 Ziffern.", **_texts(why, "value")),
        ReasonCode.WITHOUT_KEY: _("Die Leistung hat keinen Schlüssel und wird ohne ihn übernommen."),
        ReasonCode.TO_CONFIRM: _("Ohne sicheren Beleg; die Administration muss die Angaben noch bestätigen."),
        ReasonCode.MISSING_COLUMN: _("Diese Spalte fehlt."),
        ReasonCode.UNKNOWN_COLUMN: _("Diese Spalte ist unbekannt und wird nicht gelesen."),
        ReasonCode.GUESSED_ENCODING: _(
            "Die Datei ist nicht in UTF-8; gelesen als %(encoding)s.", **_texts(why, "encoding")
        ),
        ReasonCode.NAME_AND_CONTENT_DIFFER: _("Name und Inhalt der Datei passen nicht zusammen."),
        ReasonCode.OTHER_SHEETS_IGNORED: _("Gelesen wird nur das erste Tabellenblatt."),
    }
    return sentences[why.code]


def describe_defect(problem: NotATable) -> str:
    """Why the file as a whole cannot be read."""
    sentences = {
        Defect.EMPTY: _("Die Datei ist leer."),
        Defect.TOO_LARGE: _("Die Datei ist zu groß."),
        Defect.OLD_EXCEL: _("Das alte Excel-Format wird nicht gelesen. Bitte als XLSX oder CSV speichern."),
        Defect.MACROS: _("Arbeitsmappen mit Makros werden nicht gelesen. Bitte als XLSX ohne Makros speichern."),
        Defect.OPEN_QUOTE: _("Ein Anführungszeichen wird nicht geschlossen."),
        Defect.STRAY_QUOTE: _("Ein Anführungszeichen steht mitten in einer Zelle."),
        Defect.TOO_MANY_ROWS: _("Die Datei hat zu viele Zeilen."),
        Defect.TOO_MANY_COLUMNS: _("Die Datei hat zu viele Spalten."),
        Defect.TOO_MANY_CELLS: _("Die Datei hat zu viele Zellen."),
        Defect.CELL_TOO_LONG: _("Eine Zelle ist zu lang."),
        Defect.EMPTY_TITLE: _("Eine Spalte hat keinen Titel."),
        Defect.DUPLICATE_TITLE: _("Zwei Spalten haben denselben Titel."),
        Defect.CELLS_BESIDE_COLUMNS: _("Eine Zeile hat mehr Zellen als die Titelzeile."),
        Defect.TOO_COSTLY: _("Die Arbeitsmappe ist zu aufwendig. Bitte als CSV speichern."),
    }
    sentence = sentences.get(problem.reason, _("Die Datei ist keine lesbare CSV- oder XLSX-Tabelle."))
    return sentence if problem.line is None else _("Zeile %(line)s: %(sentence)s", line=problem.line, sentence=sentence)


def _texts(why: Reason, *names: str) -> dict[str, str]:
    return {name: str(why.parameters.get(name, "")) for name in names}
