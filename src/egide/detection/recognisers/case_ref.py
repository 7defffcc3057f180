"""References of files and cases: dossier, RG, plainte, procès-verbal, sinistre, ticket, réclamation.

Source: code de l'organisation judiciaire (répertoire général); code des assurances, article L113-2
(sinistre); usage of offices and of incident tools.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._references import found, headed, nouns, references
from egide.detection.recognisers._said import words
from egide.detection.view import View

_NOUNS: Final = words(
    "dossier dossiers rg plainte sinistre sinistres ticket tickets pv procedure parquet litige "
    "reclamation signalement recepisse incident case",
    "minute candidature claim tck sav parquet pourvoi sin",
)
_WEAK: Final = words("affaire jugement instance recours issue demande minute expertise enquete alerte")
_ALL: Final = nouns(_NOUNS, _WEAK)
_HEADINGS = re.compile(
    r"(?:n° ?|num(?:ero)? ?|no ?)?(?:de |du )?(?:dossier|sinistre|ticket|affaire|rg|litige|reclamation|"
    r"plainte|case|incident)(?: n°)?|ticket_id|case_id|thread"
)
_TABLE: Final = words("dossier sinistre ticket affaire rg litige reclamation plainte case incident thread")
_ROLL = re.compile(r"(?<![a-z0-9])rg ?(?:n°)? ?:? ?(?:[a-z] )?([0-9]{2}/[0-9]{4,6})(?![0-9])")
_FORMS = re.compile(r"(?<![a-z0-9])(?:inc|sctask|chg|req|ritm|tck|tkt)-?[0-9]{4,10}(?![0-9])")
_REASON: Final = "Référence de dossier, d'affaire ou de ticket d'après le contexte."


def _search(view: View) -> Iterator[Finding]:
    yield from found(references(view, _ALL), "CASE_REF", "case_ref", _REASON)
    if "rg" in view.vocabulary:
        yield from found(
            (match.span(1) for match in view.matches(_ROLL, "rg")), "CASE_REF", "case_ref", _REASON
        )
    if not view.vocabulary.isdisjoint(_TOOLS):
        yield from found(
            (match.span() for match in view.matches(_FORMS, *_TOOLS)), "CASE_REF", "case_ref", _REASON
        )
    if not _TABLE.isdisjoint(view.vocabulary):
        yield from found(headed(view, _HEADINGS), "CASE_REF", "case_ref", _REASON)


_TOOLS: Final = words("inc sctask chg req ritm tck tkt")
RECOGNISER = Recogniser(
    id="case_ref",
    labels=("CASE_REF",),
    source="Code de l'organisation judiciaire ; code des assurances, article L113-2",
    search=_search,
    accepted=(
        "Dossier ⟦KF/PAY/26-03⟧.",
        "RG ⟦24/11902⟧, tribunal",
        "RG n° ⟦F 25/00087⟧ — Minute",
        "sinistre ⟦S24-118820⟧",
        "ticket ⟦INC0047712⟧. fais",
        "ticket ⟦8817⟧, je",
        "plainte au commissariat, récépissé ⟦PV 2024/08817⟧.",
        "N° dossier : ⟦2409-118820⟧",
        "Dossier ⟦075-2214-908⟧ : famille",
        "DÉCLARÉ SOUS SINISTRE ⟦SIN 2024 66103⟧. RÉDIGE",
        "Réclamation n° ⟦RT-2291-44⟧ restée",
        "N° de parquet : ⟦25 187 000 342⟧",
        "notaire à Tournus\ndossier ⟦1024587/AG⟧",
        "ouverture du ticket #⟦88214⟧",
    ),
    refused=(
        "le dossier du 12 mars",
        "un dossier de 30 pages",
        "dossier complet à rendre en 2024",
        "minute 90 du match",
        "ticket de caisse à 12,50 €",
        "PV d'assemblée du 14/06/2024",
        "la procédure dure 3 mois",
        "incident du 03/04 à 14 h",
        "demande 3 devis",
    ),
    needs_digit=True,
)
