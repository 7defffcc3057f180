"""References behind a noun: "facture n° 2025-1187", "sinistre S24-118820", "Réf. : MNG/SB/20240611".

A reference holds a digit. Behind a sign ("n°", ":", "réf") nearly any form will do; right behind the noun
it must not be a date, a year, a quantity or a price; behind other words it must look made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from egide.detection.finding import Finding
from egide.detection.recognisers._said import tabular, words
from egide.detection.view import View

_SIGN = re.compile(r"n ?[°º\"]|[:=#]|\b(?:no|num|numero|number|ref|reference|id|identifiant|code)\b")
_AFTER_SIGN = re.compile(
    r"(?:[ :=.#°º\"'(«>*{\[]|n ?[°º\"]|\b(?:no|num|numero|number|id|identifiant|ref|reference|code|est|"
    r"c'est|le|la|client|interne)\b(?=[ .:\"=>]))*"
)
_APART = re.compile(
    r"[\n:;!?0-9=]|\.(?! ?:)..|\b(?:lois?|decret|article|arrete|directive|norme|reglement|du|le)\b"
)
_DIRECT = re.compile(r"(?:s|e|es)?\.? (?:(?:c'est(?: le)?|c(?: le)?|est(?: la| le)?|le|ref|no|n) )?[\"'(«#]?")
_LOOSE = re.compile(
    r"(?:s|e|es)?(?: (?!(?:du|le|a|au|et|ou|est|en|sur|par|pour)\b)(?:de |d'|du |des |la |les "
    r")?[a-z'.-]{2,18}){1,3} [\"'(«#]?"
)
_INSIDE: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789/_.+-#")
_TOKEN = re.compile(r"#?[a-z0-9]+(?:[-/._+][a-z0-9]+)*")
_MORE = re.compile(r"(?: / | - | ?/ ?| )([a-z0-9]+(?:[-/.][a-z0-9]+)*)(?![a-z0-9])")
_DATE = re.compile(
    r"(?:[0-3]?[0-9][/.-][01]?[0-9](?:[/.-](?:[0-9]{4}|[0-9]{2}))?|[12][0-9]{3}-[01][0-9]-[0-3][0-9]|"
    r"[0-9]{1,2}h[0-9]{0,2}|[0-9]+(?:er|e|eme|re|nd|nde|x|m2|kg|km|g|h|j|k|%)|(?:19|20)[0-9]{2})$"
)
_QUANTITY = re.compile(
    r"[ ]?(?:€|%|k€|m€|\$|£|°c|h\b|x\b|eur|euros?\b|ht\b|ttc\b|mois\b|ans?\b|jours?\b|heures?\b|"
    r"semaines?\b|janvier|fevrier|mars\b|avril|mai\b|juin\b|juillet|aout|septembre|octobre|"
    r"novembre|decembre|pieces?\b|cartons?\b|palettes?\b|personnes?\b|kg\b|m2\b|m²|lots?\b|unites?\b|"
    r"exemplaires?\b|articles?\b|pages?\b|salaries?\b|clients?\b|dossiers?\b|"
    r"factures?\b|lignes?\b|points?\b|fois\b|eme\b|postes?\b|bouteilles?\b|places?\b|nuits?\b|"
    r"couverts?\b|tonnes?\b|litres?\b|colis\b|commandes?\b|devis\b|enfants?\b)|[.,][0-9]"
)
# An account of the chart of accounts, and not of somebody: "l'écriture se passe au compte 607100".
# "Débiter le compte" is said of a customer's account too, and is none of these words.
_ENTRY: Final = re.compile(r"\b(?:ecritures?|comptabilis|imput)")
_ACCOUNT: Final = re.compile(r" (?:n° ?)?[1-7][0-9]{2,7}(?![0-9])")
_MAKERS: Final = re.compile(r"[s.]* (?:constructeur|fabricant|produit|article|catalogue|modele)s?\b")
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}$")

_GOODS: Final = words(
    "designation article produit couleur coloris conditionnement stock taille dimensions modele"
)
_DEALS: Final = words(
    "client cliente date montant fournisseur echeance nom total societe ttc ht facture commande "
    "contrat devis dossier police debit credit solde"
)


def references(view: View, nouns: Mapping[str, bool]) -> Iterator[tuple[int, int]]:
    """Spans of the references behind ``nouns``; weak ones need a sign or a made-up look."""
    low = view.low
    for noun in view.vocabulary & nouns.keys():
        for start, end in view.places(noun):
            if not _digit_ahead(view, end) or (start and low[start - 1] in "_@."):
                continue
            if _MAKERS.match(low, end) and noun.startswith("ref"):
                continue
            if (
                noun == "compte"
                and _ENTRY.search(low, max(0, start - 60), start)
                and _ACCOUNT.match(low, end)
            ):
                continue
            found = _behind(view, end, nouns[noun])
            if (
                found
                and len(noun) < 4
                and noun != "rg"
                and found[0] == end + 1
                and view.text[start:end].isupper()
            ):
                found = start, found[1]  # the letters are a part of it: "SIN 2024 66103"
            while found:
                yield found
                found = _next(view, *found)


def _digit_ahead(view: View, end: int) -> bool:
    """A digit stands in the fifty characters after ``end``: without one there is no reference."""
    return view.runs.next(end) < end + 50


def nouns(strong: Iterable[str], weak: Iterable[str]) -> dict[str, bool]:
    """Nouns of references, with whether they are weak."""
    return dict.fromkeys(strong, False) | dict.fromkeys(weak, True)


_AND = re.compile(r"(?:,| et| to| a| and| au| ou| /) (?=[a-z]{1,4}[-/]?[0-9])")


def _next(view: View, start: int, end: int) -> tuple[int, int] | None:
    """The reference of the same kind that follows: "VM-2207 to VM-2231"."""
    more = _AND.match(view.low, end)
    first = more.end() if more else -1
    return (
        _value(view, first, 1)
        if more and view.low[first : first + 2] == view.low[start : start + 2]
        else None
    )


def _behind(view: View, end: int, weak: bool) -> tuple[int, int] | None:
    low = view.low
    digit = view.runs.next(end)
    sign = _SIGN.search(low, end, digit)
    if sign and not _APART.search(low, end, sign.start()):
        after = _AFTER_SIGN.match(low, sign.start())
        if after and after.end() <= digit:
            return _value(view, after.end(), 1)
    direct = _DIRECT.match(low, end)
    found = _value(view, direct.end(), 3 if weak else 2) if direct else None
    if found or digit - end > 45:
        return found
    # Further off, behind one to three words: the value must look made up.
    first = digit
    while first > end and low[first - 1] in _INSIDE:
        first -= 1
    return _value(view, first, 4) if _LOOSE.fullmatch(low, end, first) else None


def _value(view: View, start: int, need: int) -> tuple[int, int] | None:
    """The reference at ``start``: 1 behind a sign, 2 behind its noun, 3 behind a weak noun, 4 further off."""
    low = view.low
    token = _TOKEN.match(low, start)
    if not token:
        return None
    end = token.end()
    value = token.group()
    if _AMOUNT.match(low, start):
        return None
    if not any(map(str.isdigit, value)):
        # "FLO 77120045", "bc 4471", "PV 2024/08817"
        more = (
            _MORE.match(low, end)
            if len(value) <= 5 and (view.text[start:end].isupper() or need < 3)
            else None
        )
        if not more or not more[1][0].isdigit() or _dated(low, more) or _QUANTITY.match(low, more.end()):
            return None
        if low[more.start() : more.start(1)].strip() or (
            value in _SMALL and not view.text[start:end].isupper()
        ):
            return None
        end, value = more.end(), value + more[1]
        if len(more[1]) < 3 and not _MORE.match(low, end):
            return None
    end = _grown(view, start, end)
    whole = low[start:end]
    if _refused(view, value, whole, end, need):
        return None
    return start, end


def _dated(low: str, more: re.Match[str]) -> bool:
    """The group is a date or a year with no other group behind it."""
    return _DATE.match(more[1]) is not None and not (
        _YEAR.match(more[1]) and re.match(r" [0-9]{2,}", low[more.end() :])
    )


_AMOUNT = re.compile(r"[0-9]{1,3}(?:[ .][0-9]{3})*(?:[.,][0-9]+)? ?(?:€|k€|m€|eur\b|euros?\b|\$|£|%)")
_SMALL: Final = frozenset(
    [
        "du",
        "de",
        "le",
        "la",
        "en",
        "a",
        "au",
        "et",
        "ou",
        "des",
        "les",
        "un",
        "par",
        "sur",
        "pour",
        "avec",
        "dans",
        "est",
        "il",
        "on",
        "n",
        "no",
        "vers",
        "sous",
        "chez",
    ]
)


def _refused(view: View, value: str, whole: str, end: int, need: int) -> bool:
    low = view.low
    if _DATE.match(whole) and not (
        need == 1 and (_YEAR.match(whole) or re.fullmatch(r"[0-9]{2}[/-][0-9]{3,}", whole))
    ):
        return True
    if _barcode(whole):
        return True
    figures = sum(map(str.isdigit, whole))
    if figures < 2 or (need == 1 and whole.isdigit() and figures < 3):
        return True
    counted = whole.replace(" ", "").isdigit() and _QUANTITY.match(low, end) is not None
    if counted and (need > 1 or figures < 4):
        return True
    if need == 1:
        return False
    plain = value.isdigit() and whole == value
    if need == 2:
        return plain and (len(value) < 4 or _YEAR.match(value) is not None)
    mixed = any(map(str.isalpha, whole)) or any(c in "-/_" for c in whole)
    if need == 3:
        return not mixed and len(value) < 5
    return not (
        any(map(str.isalpha, whole)) and (any(c in "-/_" for c in whole) or len(whole) >= 6)
    ) and not (plain and len(value) >= 7)


def _barcode(whole: str) -> bool:
    """A product's bar code (GS1): thirteen digits and nothing else; 0 to 2 begin other numbers."""
    digits = whole.replace(" ", "")
    return len(digits) == 13 and digits.isdigit() and digits[0] > "2"


def _grown(view: View, start: int, end: int) -> int:
    """End with the groups that go on: "4471 902 B", "2024 1187 / SG", "24 0391"."""
    low, text = view.low, view.text
    for _ in range(6):
        more = _MORE.match(low, end)
        if not more:
            break
        group = more[1]
        wide = low[more.start() : more.start(1)] != " "
        digits = any(map(str.isdigit, group))
        if digits:
            if (
                wide
                or _QUANTITY.match(low, more.end())
                or (_DATE.match(group) and not group.isdigit())
                or (len(group) < 2 and not low[end - 1].isdigit())
            ):
                break
            if group.isalpha() or (not group[0].isdigit() and not text[more.start(1)].isupper()):
                break
        elif wide and len(group) < 4 and low[more.start() : more.start(1)].strip() == "/":
            pass  # initials: "2024 1187 / SG / pl"
        elif not (
            len(group) <= 2
            and text[more.start(1) : more.end()].isupper()
            and not _name_follows(text, more.end())
        ) and group not in ("bis", "ter"):
            break
        end = more.end()
    return end


def _name_follows(text: str, end: int) -> bool:
    """A capital and small letters go on: the letter is of a name ("facture 4471 M Petit")."""
    return (
        text[end : end + 1] == " " and text[end + 1 : end + 2].isupper() and text[end + 2 : end + 3].islower()
    )


def numbered(view: View) -> Iterator[tuple[int, int]]:
    """Values that look made up behind a bare "n°", unless it numbers a law, a norm or a product."""
    for at in view.occurrences("n°"):
        end = at + 2 + (view.low[at + 2 : at + 3] == " ")
        head = view.low[max(0, at - 48) : at]
        if not _PUBLIC.search(head) and not _RULING.search(head):
            found = _value(view, end, 4) or _value(view, end, 3)
            if found and sum(map(str.isdigit, view.low[found[0] : found[1]])) >= 4:
                yield found


# "Cass. soc., 3 août 2022, n° 21-11.386": a published ruling, cited.
_RULING = re.compile(
    r"\b(?:cass|cassation|cjue|cedh|conseil d'etat|conseil constitutionnel)\b[ a-z0-9.,/']*$"
)
_PUBLIC = re.compile(
    r"\b(?:loi|lois|decret|article|arrete|arret|directive|norme|reglement|ordonnance|circulaire|"
    r"deliberation|avis|lot|serie|modele|ean|isbn|"
    r"figure|tableau|page|chapitre|cerfa|formulaire|question|convention collective|idcc|brochure|"
    r"amendement|recommandation|decision)s? ?(?:\([^)]*\) ?|(?:ce|cee|ue|euratom) ?)?$"
)


def headed(view: View, headings: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Cells with a digit, under a heading of a table that ``headings`` matches."""
    for start, end, mark, cells in tabular(view):
        places = [i for i, cell in enumerate(cells) if headings.fullmatch(cell)]
        if not places or _catalogue(cells):
            continue
        values, at = view.low[start:end].split(mark), start
        for i, cell in enumerate(values):
            value = cell.strip(" \"'*")
            if i in places and any(map(str.isdigit, value)) and _cell(value):
                first = at + cell.index(value)
                yield first, first + len(value)
            at += len(cell) + 1


def _catalogue(headings: list[str]) -> bool:
    """The table lists products, whose references are those of their maker."""
    return not _GOODS.isdisjoint(headings) and _DEALS.isdisjoint(headings)


def _cell(value: str) -> bool:
    return len(value) < 30 and not _DATE.match(value) and not _barcode(value)


def found(spans: Iterator[tuple[int, int]], label: str, recogniser: str, reason: str) -> Iterator[Finding]:
    """Findings of ``label`` for ``spans``."""
    for start, end in spans:
        yield Finding(start, end, label, 0.8, recogniser, reason)
