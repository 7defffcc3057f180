"""Amounts written without a currency, known by what is said: "salaire 2310", "facturé 46,20", columns.

Source: headings of payslips (arrêté du 25 février 2016, bulletin clarifié) and of accounts.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._tables import cells
from egide.detection.view import View

_REASON = "Montant d'après le contexte (salaire, prix, total…)."
_WORDS = (
    "montant",
    "total",
    "solde",
    "acompte",
    "prix",
    "loyer",
    "salaire",
    "brut",
    "net",
    "marge",
    "budget",
    "facture",
    "prime",
    "tarif",
    "cotisation",
    "remise",
    "virement",
    "augmentation",
    "honoraires",
    "ca ",
    "chiffre d'affaires",
    "caution",
    "indemnite",
    "paye",
    "paie",
    "gagne",
    "touche",
    "remuneration",
    "remboursement",
    "coute",
    "cout",
    "commission",
    "offre a",
    "avance",
    "impaye",
    "dette",
    "pret",
    "mensualite",
    "apport",
    "devis",
    "descendre",
    "descend",
    "monte a",
    "monter a",
    "propose",
    "vendu",
    "achete",
    "debit",
    "credit",
    "interets",
    "principal",
    "resultat",
    "tresorerie",
    "decouvert",
    "retenue",
    "panier",
    "taux",
    "benefice",
    "perte",
    "negocie",
    "salary",
    "price",
    "paid",
    "earns",
    "rate",
)
_FIRST = frozenset(word.split()[0].split("'")[0] for word in _WORDS)
_BEGINNINGS = frozenset(word[:4] for word in _FIRST)
_WORD = re.compile("|".join(sorted(_FIRST)))
_CUE = re.compile(rf"(?:{'|'.join(map(re.escape, _WORDS))})")
_NUMBER = re.compile(
    r"(?:[0-9]{1,3}(?:[ .'][0-9]{3})+|[0-9]{1,7})(?:[.,][0-9]{2})?(?: ?%|(?: ?(?:ht|ttc|net|"
    r"brut)s?)\b)?(?![0-9a-z/:.,-]*[0-9a-z/:])"
)
_DECIMAL = re.compile(r"^[0-9 .']+[.,][0-9]{2}$")
# Thousands apart and two decimals: a sum, whatever stands around.
_GROUPED = re.compile(r"[0-9]{1,3}(?:[ .'][0-9]{3})+,[0-9]{2}$")
_EACH = re.compile(r" (?:le|la|l'|par|chaque|piece|pieces?|l'unite|chacun) ?[a-z]{2}")
_NOT_AFTER = re.compile(
    r" ?(?:h|jours?|j|ans?|mois|km|kg|pieces?|cartons?|heures?|m2|m²|mn|minutes?|semaines?|"
    r"exemplaires?|lots?|"
    r"personnes?|january|february|march|april|may|june|july|august|pers|janvier|fevrier|mars|"
    r"avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|eme|er|e|x|"
    r"salaries?|lignes?|points?|fois|unites?|articles?|dossiers?|clients?|postes?|pages?)\b"
)
_NOT_BEFORE = re.compile(
    r"(?:\*|n°|no|num|numero|ref|art|article|le|du|au|en|page|lot|#|depuis|[0-9]|/|h|:[0-9]{2}|x|"
    r"rue|a) ?$|n° ?[a-z0-9-]*$|[a-z0-9][-/_.]$|[a-z]$"
)
# A price said just before outweighs a preposition ("loyer de", "salaire à").
_PRICED = re.compile(
    r"(?:salaire|brut|net|loyer|prix|montant|gagne|touche|paye|budget|virement|prime|solde|total|"
    r"offre|acompte)\w*(?: (?!du\b|le\b)\w+)? ?(?:a|de|:|=|est|du mois)? ?$"
)
_PERCENT = ("marge", "remise", "taux", "commission", "descend", "rabais", "augmentation", "hausse", "baisse")


def _cues(view: View) -> list[int]:
    """Where a word of money begins."""
    low = view.low
    words = [word for word in view.starting(_BEGINNINGS) if _WORD.match(word)]
    return sorted([at for word in words for at, _ in view.places(word) if _CUE.match(low, at)])


def _said(view: View) -> Iterator[tuple[int, int]]:
    low, past = view.low, -1
    cues = _cues(view)
    for start, end in view.digits:
        if start < past:
            continue
        nearest = bisect_left(cues, start) - 1
        cued = nearest >= 0 and start - cues[nearest] <= 45
        # Without a cue only a number that goes on ("1 250,00") can be a sum.
        if not (cued or low[end + 1 : end + 2].isdigit()) or _inside_number(low, start):
            continue
        match = _NUMBER.match(low, start)
        if not match:
            continue
        past = match.end()
        line = max(low.rfind("\n", max(0, start - 45), start) + 1, start - 45)
        cued = cued and cues[nearest] >= line
        if not _NOT_AFTER.match(low, past) and _money(low, match, low[line:start], cued=cued):
            yield start, past


def _inside_number(low: str, start: int) -> bool:
    """The digits go on a number or a code ("12,50", "A-12", "3x")."""
    before = low[start - 1 : start]
    inside = before in (",", ".", "'") and low[start - 2 : start - 1].isdigit()
    return (
        inside or before.isalnum() or before in ("-", "_", "@", "#") or low[start + 1 : start + 3].isalpha()
    )


def _money(low: str, match: re.Match[str], head: str, *, cued: bool) -> bool:
    """A number is money by its shape and by the words of its line before it."""
    value, past = match.group(), match.end()
    if _GROUPED.match(value) and not low[past : past + 3].strip().startswith(("m", "k", "h", "l", "t", "%")):
        return True
    if _DECIMAL.match(value) and (head.endswith(("...", ".. ")) or _EACH.match(low, past)):
        return True
    if not cued:
        return False
    if "%" in value:
        return any(word in head for word in _PERCENT)
    bare = value.rstrip(" htcnebru")
    if _DECIMAL.match(bare):
        return True
    year = len(bare) == 4 and bare[:2] in ("19", "20")
    if year or not 2 <= sum(map(str.isdigit, bare)) <= 7 or head[-1:] in (":", "(", "/"):
        return False
    return not _NOT_BEFORE.search(head[-30:]) or _PRICED.search(head) is not None


def _in_columns(view: View) -> Iterator[tuple[int, int]]:
    for kind, start, end in cells(view):
        if kind != "AMOUNT" or end - start > 24:
            continue
        found = re.match(r"[-+€ ]*[0-9][0-9 .,']*(?: ?(?:€|eur|euros|ht|ttc|k€|k|%))?", view.low[start:end])
        if (
            found
            and not re.match(r" ?[a-z]", view.low[start + found.end() : end])
            and any(c in "123456789" for c in found.group())
        ):
            yield start, start + len(found.group().rstrip(" ,."))


def _search(view: View) -> Iterator[Finding]:
    for start, end in (*_said(view), *_in_columns(view)):
        yield Finding(start, end, "AMOUNT", 0.6, "amount_context", _REASON)


RECOGNISER = Recogniser(
    id="amount_context",
    labels=("AMOUNT",),
    source="Arrêté du 25 février 2016, intitulés du bulletin de paie",
    search=_search,
    accepted=(
        "nom;brut;prime\nAbgrall;⟦2310⟧;⟦250⟧",
        "j'ai été facturé ⟦46,20⟧ le carton",
        "Salaire de base : ⟦1 911,04⟧",
        "on garde une marge de ⟦19 %⟧",
    ),
    refused=(
        "le total est de 12 jours",
        "facture n° 20240317",
        "prix à revoir le 12 mars",
    ),
    needs_digit=True,
)
