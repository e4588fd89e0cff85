"""What to warn of in an assignment, in whole sentences."""

from flask_babel import gettext as _

from portfolio.staffing.cautions import Caution, CautionKind
from portfolio.web.formats import format_share


def caution_words(caution: Caution) -> str:
    number = caution.number
    match caution.kind:
        case CautionKind.SKILL_MISSING:
            return _("Die geforderte Fähigkeit fehlt (Stufe %(level)s).", level=number)
        case CautionKind.LEVEL_TOO_LOW:
            return _("Die Fähigkeit liegt unter der geforderten Stufe (Stufe %(level)s).", level=number)
        case CautionKind.TOO_MANY_PARALLEL:
            return _("Damit sind es %(number)s Projekte zugleich, mehr als vorgesehen.", number=number)
        case CautionKind.SMALL_SHARE:
            return _("Der Anteil liegt unter %(share)s; so kleine Anteile bringen wenig.", share=format_share(number))
        case CautionKind.OUTSIDE_PROJECT:
            return _("Die Wochen liegen nicht ganz in der Laufzeit des Projekts.")
        case CautionKind.OUTSIDE_NEED:
            return _("Die Wochen liegen nicht ganz im Zeitraum des Bedarfs.")
        case CautionKind.TWICE_ON_PROJECT:
            return _("Diese Person ist dem Projekt mehrfach zugeordnet.")
        case CautionKind.AGREEMENT_MISSING:
            return _("Das Einvernehmen der Stammdienststelle ist nicht eingetragen.")
