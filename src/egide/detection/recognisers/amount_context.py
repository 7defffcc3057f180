"""Amounts written without a currency, known by what is said: "salaire 2310", "facturé 46,20", columns.

Source: headings of payslips (arrêté du 25 février 2016, bulletin clarifié) and of accounts.
"""

from __future__ import annotations

import re
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
_BY_HEAD: dict[str, tuple[str, ...]] = {}
for _word in _WORDS:
    _first = re.split("[ ']", _word)[0]
    _BY_HEAD[_first[:4]] = (*_BY_HEAD.get(_first[:4], ()), _word)
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
_INSIDE = frozenset(" .,'")
# How many digits may stand behind each sign inside a sum.
_PARTS = {" ": (3,), "'": (3,), ".": (2, 3), ",": (2,)}
_GLUED = frozenset("-_@#")
_MEASURES = ("m", "k", "h", "l", "t", "%")
_PERCENT = ("marge", "remise", "taux", "commission", "descend", "rabais", "augmentation", "hausse", "baisse")


def _cues(view: View) -> list[int]:
    """Where a word of money begins."""
    low, found = view.low, []
    for word in view.starting(_BY_HEAD):
        cues = _BY_HEAD[word[:4]]
        sure = word.startswith(cues)  # else a cue of two words may begin there
        found += [at for at, _ in view.places(word) if sure or low.startswith(cues, at)]
    return sorted(found)


def _said(view: View) -> Iterator[tuple[int, int]]:
    low, past = view.low, -1
    cues = _cues(view)
    passed, runs = 0, view.digits
    for k, (start, end) in enumerate(runs):
        if start < past:
            continue
        while passed < len(cues) and cues[passed] < start:
            passed += 1
        cued = passed > 0 and start - cues[passed - 1] <= 45
        # Without a cue only a number that goes on ("1 250,00") can be a sum.
        if not (cued or _goes_on(low, end, runs[k + 1 : k + 2])) or _inside_number(low, start):
            continue
        match = _NUMBER.match(low, start)
        if not match:
            continue
        past = match.end()
        line = max(low.rfind("\n", max(0, start - 45), start) + 1, start - 45)
        cued = cued and cues[passed - 1] >= line
        if _money(low, match, line, cued=cued) and not _NOT_AFTER.match(low, past):
            yield start, past


def _goes_on(low: str, end: int, following: list[tuple[int, int]]) -> bool:
    """Thousands or cents stand right behind the digits that end at ``end``."""
    if not following or following[0][0] != end + 1:
        return False
    size = following[0][1] - end - 1
    return size in _PARTS.get(low[end], ())


def _inside_number(low: str, start: int) -> bool:
    """The digits go on a number or a code ("12,50", "A-12", "3x")."""
    before = low[start - 1 : start]
    if before in _INSIDE:
        if before != " " and low[start - 2 : start - 1].isdigit():
            return True
    elif before.isalnum() or before in _GLUED:
        return True
    return low[start + 1 : start + 3].isalpha()


def _money(low: str, match: re.Match[str], line: int, *, cued: bool) -> bool:
    """A number is money by its shape and by the words of its line before it."""
    value, past = match.group(), match.end()
    decimal = "," in value or "." in value
    if decimal:
        if _GROUPED.match(value) and not low[past : past + 3].strip().startswith(_MEASURES):
            return True
        if _DECIMAL.match(value) and (
            low[line : match.start()].endswith(("...", ".. ")) or _EACH.match(low, past)
        ):
            return True
    if not cued:
        return False
    head = low[line : match.start()]
    if "%" in value:
        return any(word in head for word in _PERCENT)
    bare = value.rstrip(" htcnebru")
    if decimal and _DECIMAL.match(bare):
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
