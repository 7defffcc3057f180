"""Codes said in French or English: door, alarm, safe, key box, PIN, PUK, CVV and expiry, one-time codes.

"code" alone is everywhere ("code postal", "code du travail", "code SH 6109 10"): it counts behind a word
that tells what it opens, or when its value mixes a letter with digits ("code B1407").
Source: usage; PCI DSS 4.0, requirement 3.3 (CVV and PIN are never kept).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._said import words
from egide.detection.view import View

_OPENS: Final = (
    r"alarme?s?|porte|portail|entree|immeuble|garage|parking|coffre|cadenas|boite|box|cle|cles|cochere|"
    r"reserve|depot|badge|hall|grille|"
    r"d'acces|acces|wifi|wi-fi|wpa|pin|puk|secret|confidentiel|d'entree|door|gate|alarm|key|safe|access|entry|locker|garage|"
    r"securite|verification|"
    r"d'autorisation|autorisation|validation|d'activation|activation|banque|bancaire|carte|portillon|"
    r"photocopieur|photocop|sms|otp|"
    r"barriere|ascenseur|cave|local|visiophone|interphone|vigik|deverrouillage|telephone|sim|serrure|"
    r"armoire|bureau|magasin|etage|et\."
)
_VALUE: Final = (
    r"([a-z]?[0-9]{2,8}(?:-[0-9]{2,4}){1,4}|[a-z]{0,2}[0-9]{3,8}[a-z]{0,2}[#*]?|"
    r"[0-9]{1,3}[a-z][0-9]{1,4}[#*]?|[a-z][0-9][a-z0-9]{2,6}[#*]?|"
    r"[a-z0-9]{2,8}(?:-[a-z0-9]{2,8}){1,3})(?: puis (?:diese|etoile))?(?![a-z0-9%€]|[.,/][0-9]| ?(?:€|%|"
    r"euros|metres|pieces))"
)
_SIGN: Final = (
    r"(?:[\"'»]? ?(?:=>|->|→|[:=(«]|(?:est|c'est|devient|c|sera|a change|is|was)(?= |:)|<[a-z]+>) ?){0,3}"
    r"[\"'«]? ?"
)
_MIDDLE: Final = (
    r"(?:[ -](?:de|du|des|d'|la|le|l'|en|a|un|nouveau|arriere|principal|principale|vitale|main|propre|"
    r"remis|c|[a-z'.]{1,14}))"
)
_CODE = re.compile(rf"s?(?:{_MIDDLE}){{0,6}}? ?{_SIGN}{_VALUE}")
_TELLS = re.compile(rf"\b(?:{_OPENS})\b")
_NOT = re.compile(
    r"\b(?:postal|civil|penal|travail|commerce|naf|ape|sh|douanier|insee|promo|couleur|produit|article|"
    r"barres?|rural|route|client|source|"
    r"qr|dossier|iban|bic|swift|tva|comptable|analytique|erreur|error|iso|ean|cim|ccam|frs|tiers|"
    r"fournisseur|general|consommation|assurances|zip|area|country|exit|discount|bar|status)\b"
)
_SHORT = re.compile(rf"(?:[ :=]|est|n°|c'est|is|code|#){{1,8}}{_VALUE}")
_CVV = re.compile(r"(?:ogramme|2)?(?:[ :=.]|est|visuel|c'est|code){0,8}([0-9]{3,4})(?![0-9a-z])")
_EXPIRY = re.compile(
    r"(?:ire|iration|iry|\.)?(?:[ :.]|le|date|fin){0,6}((?:0[1-9]|1[0-2])[ /.-]?(?:20)?[2-4][0-9])(?![0-9/])"
)
_OPENED = re.compile(
    r"(?:ouvrir|ouvre|alarme|boite a cles?|cadenas|coffre)(?: pas| plus)?(?: avec| par| le "
    r"code)? ([0-9]{4,8}[#*a-z]?)(?![0-9a-z])"
)
_CARD: Final = words("carte cb visa cvv cvc crypto cryptogramme mastercard card")
_CUES: Final = words(
    "code codes digicode digicodes pin puk cvv cvc crypto cryptogramme otp alarme cadenas coffre ouvre "
    "boite exp expire"
)
_REASON: Final = "Code d'accès ou code secret d'après le contexte."


def _codes(view: View) -> Iterator[tuple[int, int]]:
    low, text = view.low, view.text
    for cue in ("code", "codes"):
        for start, end in view.places(cue):
            match = _CODE.match(low, end)
            if not match:
                continue
            said = low[end : match.start(1)]
            if _NOT.search(said) or _NOT.search(low[max(0, start - 14) : start]):
                continue
            value = text[match.start(1) : match.end(1)]
            around = low[max(0, start - 60) : start]
            mixed = (
                re.fullmatch(r"[A-Za-z][0-9]{3,5}|[0-9]{1,4}[A-Z][0-9]{0,4}[#*]?|[0-9]{4,8}[#*]", value)
                is not None
            )
            told = _TELLS.search(said) or ((mixed or _TELLS.search(around)) and len(said) < 12)
            if told and any(map(str.isdigit, value)):
                yield match.start(1), match.end()


def _short(view: View) -> Iterator[tuple[int, int]]:
    low = view.low
    for cue in ("digicode", "digicodes", "pin", "puk", "otp"):
        for _, end in view.places(cue):
            match = _SHORT.match(low, end)
            if match and any(map(str.isdigit, match[1])):
                yield match.span(1)
    for cue in ("cvv", "cvc", "crypto", "cryptogramme"):
        for _, end in view.places(cue):
            match = _CVV.match(low, end)
            if match:
                yield match.span(1)
    if not _CARD.isdisjoint(view.vocabulary):
        for cue in ("exp", "expire", "expiration", "expiry"):
            for _, end in view.places(cue):
                match = _EXPIRY.match(low, end)
                if match:
                    yield match.span(1)


def _search(view: View) -> Iterator[Finding]:
    spans = [*_codes(view), *_short(view)]
    for word in _OPENABLE & view.vocabulary:
        for start, _ in view.places(word):
            match = _OPENED.match(view.low, start)
            spans += [match.span(1)] if match else []
    for start, end in spans:
        yield Finding(start, end, "SECRET", 0.85, "secret_code", _REASON)


_OPENABLE: Final = words("ouvre ouvrir alarme boite cadenas coffre")
RECOGNISER = Recogniser(
    id="secret_code",
    labels=("SECRET",),
    source="PCI DSS 4.0, exigence 3.3 ; usage",
    search=_search,
    accepted=(
        "alarme code ⟦9042⟧.",
        "digicode ⟦B2580⟧ prend l'ascenseur",
        "exp. ⟦04/27⟧, CVV ⟦902⟧ sur la carte",
        "carte exp ⟦09/27⟧ crypto ⟦318⟧",
        "CODE PORTE ARRIÈRE ⟦C1973⟧",
        "LE CODE DE LA PORTE COCHÈRE DEVIENT ⟦19B62⟧",
        "le code alarme du dépôt c ⟦2580 puis dièse⟧, en cas",
        "boîte à clés code ⟦4471B⟧ |",
        "On change le cadenas, nouveau code ⟦8316⟧, ne pas",
        "code pin : ⟦4711⟧",
        "le coffre, code ⟦41-08-77⟧",
        "code d'autorisation ⟦T7x-Lk29-PPq⟧",
        "code wifi ⟦77120045⟧",
        "3e ét. code ⟦B1407⟧",
        "the access code is ⟦7733⟧",
        "The PIN is ⟦4821⟧",
        "le local s'ouvre avec ⟦5590⟧",
        "code de vérification : ⟦482913⟧",
    ),
    refused=(
        "code postal 69003",
        "code SH 6109 10",
        "code NAF 5610C",
        "article 1240 du code civil",
        "code du travail, article L1232",
        "code promo ETE2024",
        "code barres 3760012345670",
        "le code source version 2024",
        "code erreur 404",
        "the zip code is 90210",
        "the error code is 4041",
        "un code de la route de 1958",
    ),
    words=_CUES,
    needs_digit=True,
)
