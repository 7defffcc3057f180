"""Statutes and articles: codes, laws, decrees, orders, ordinances, the Constitution, conventions collectives.

Source: Légifrance, guide de légistique (how texts are cited).
"""

from __future__ import annotations

import re
from typing import Final

from egide.checks.verifiable.item import Kind

_MARK: Final = (
    r"(?:[lrda]\.? ?\*? ?)?\d{1,4}(?:er)?(?:-\d{1,4}){0,4}"
    r"(?: (?:bis|ter|quater|quinquies)(?: [a-z](?![a-z]))?)?"
)
_MARKS: Final = rf"{_MARK}(?:(?:,| et| a| ou) (?:[lrda]\.? ?)?\d{{1,4}}(?:-\d{{1,4}}){{0,4}}){{0,4}}"
_PLACE: Final = r"(?:,? (?:al(?:inea|\.) ?\d{1,2}|paragraphe \d{1,2}|\d{1,2}(?:er|e|eme) alinea))?"
_CODE: Final = (
    r"(?:(?:du|des|de la|de l'|de) )?(?:nouveau )?(?:code(?: (?:civil|penal|du travail|de commerce"
    r"|de la consommation|general des impots"
    r"|de procedure (?:civile|penale)|de la (?:securite sociale|propriete intellectuelle|sante publique"
    r"|route|construction(?: et de l'habitation)?)"
    r"|des assurances|de l'environnement|de l'urbanisme|monetaire et financier"
    r"|rural(?: et de la peche maritime)?|de l'education"
    r"|general des collectivites territoriales|de justice administrative|electoral|de l'energie))?"
    r"|constitution|cgi|cgct|c\. ?(?:civ|trav|com|pen|conso)\."
    r"|convention collective|loi informatique et libertes|ddhc)"
)
_MONTH: Final = r"(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)"

KIND = Kind(
    id="law",
    french="texte de loi",
    why="Un modèle cite parfois un article qui n'existe pas ou a changé : lisez-le sur Légifrance.",
    source="Légifrance, guide de légistique",
    pattern=re.compile(
        rf"\b(?P<it>art(?:icles?|\.) {_MARKS}{_PLACE}(?:,? {_CODE})?|{_CODE},? ?\(?art(?:icles?|\.) {_MARKS}"
        rf"|(?:articles? )?[lrd]\. ?\d{{3,4}}-\d{{1,3}}(?:-\d{{1,3}}){{0,2}}(?: {_CODE})?"
        rf"|code civil \d{{1,4}}"
        r"|(?:loi|decret|ordonnance|arrete|circulaire|instruction"
        r"|deliberation)(?: organique)? n ?[°o] ?\d{2,4}-\d{1,5}"
        rf"(?: du \d{{1,2}}(?:er)? {_MONTH} \d{{4}})?"
        rf"|(?:loi|decret|ordonnance|arrete|circulaire) du \d{{1,2}}(?:er)? {_MONTH} \d{{4}}"
        rf"|loi de \d{{4}}|idcc ?(?:n ?[°o] ?)?\d{{1,4}}"
        r"|deliberation (?:cnil )?(?:san-)?\d{4}-\d{2,4})"
    ),
    anchors=(
        "art",
        "code",
        "loi",
        "decret",
        "ordonnance",
        "arrete",
        "circulaire",
        "idcc",
        "l. ",
        "r. ",
        "d. ",
        "l.",
        "deliberation",
    ),
    needs_digit=True,
    rank=2,
    accepted=(
        "L'⟦article 1240 du Code civil⟧ le dit.",
        "Selon la ⟦loi n° 78-17 du 6 janvier 1978⟧,",
        "⟦art. L. 1221-1 du code du travail⟧",
        "le ⟦décret n° 2019-536⟧",
        "⟦Code civil, art. 1240⟧",
        "la ⟦loi du 29 juillet 1881⟧",
    ),
    refused=(
        "Un article de 12 pages.",
        "Le code 1234 de la porte.",
        "Il fait la loi depuis 3 ans.",
        "L'art de 1900.",
    ),
)
