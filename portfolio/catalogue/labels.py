"""Words for the catalogue: what a kind of service means, and the refusals."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portfolio.catalogue import keys
from portfolio.catalogue.models import ServiceKind
from portfolio.catalogue.problems import (
    KeyTaken,
    KnownWithoutKey,
    NotAKey,
    NotAnOzgId,
    OzgIdTaken,
    UnknownBundle,
    UnknownTopicArea,
)
from portfolio.web.problems import describe

KINDS: Mapping[ServiceKind, LazyString] = {
    ServiceKind.LO: _l("LO – Leistungsobjekt"),
    ServiceKind.LOV: _l("LOV – Leistungsobjekt mit Verrichtung"),
    ServiceKind.LOVD: _l("LOVD – Leistungsobjekt mit Verrichtung und Detail"),
}

EXPLANATIONS: Mapping[ServiceKind, LazyString] = {
    ServiceKind.LO: _l("Der Schlüssel nennt nur, worum es geht; er endet auf sechs Nullen."),
    ServiceKind.LOV: _l("Der Schlüssel nennt, worum es geht und was die Behörde tut; er endet auf drei Nullen."),
    ServiceKind.LOVD: _l("Der Schlüssel nennt, worum es geht, was die Behörde tut und den besonderen Fall."),
}


@describe.register
def _not_a_key(problem: NotAKey) -> str:
    rule = _("Ein Leistungsschlüssel hat 14 Ziffern und beginnt mit 99, ältere beginnen mit 77.")
    if not problem.key.isdigit() or len(problem.key) == keys.LENGTH:
        return rule
    return rule + " " + _("Ihre Eingabe hat %(count)s Ziffern.", count=len(problem.key))


@describe.register
def _key_taken(_problem: KeyTaken) -> str:
    return _("Diesen Leistungsschlüssel hat schon eine andere Leistung.")


@describe.register
def _known_without_key(_problem: KnownWithoutKey) -> str:
    return _("Eine Leistung ohne Schlüssel mit diesem Namen gibt es in dieser OZG-Leistung schon.")


@describe.register
def _ozg_id_taken(_problem: OzgIdTaken) -> str:
    return _("Diese Nummer hat schon eine andere OZG-Leistung.")


@describe.register
def _not_an_ozg_id(_problem: NotAnOzgId) -> str:
    return _("Die Nummer einer OZG-Leistung hat fünf Ziffern, zum Beispiel 10110.")


@describe.register
def _unknown_bundle(_problem: UnknownBundle) -> str:
    return _("Diese OZG-Leistung gibt es im Katalog nicht.")


@describe.register
def _unknown_topic_area(_problem: UnknownTopicArea) -> str:
    return _("Dieses Themenfeld gibt es nicht.")
