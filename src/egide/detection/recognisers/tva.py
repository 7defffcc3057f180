"""VAT numbers: France ("FR", a key of two characters, the SIREN) and the other States of the Union.

French key in digits = (12 + 3 x (SIREN mod 97)) mod 97; a key with letters is allowed by the norm and
rests on the SIREN's own key. Foreign forms need a cue, since many are plain numbers behind two letters.
Source: CGI, annexe II, article 242 nonies A and article 286 ter; European Commission, VIES, structure of
VAT numbers; directive 2006/112/CE, article 215.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._luhn import luhn
from egide.detection.recognisers._said import said
from egide.detection.view import View

_FRENCH = re.compile(
    r"fr[ .-]?([0-9a-hj-np-z][ ]?[0-9a-hj-np-z])[ .-]?((?:[0-9oilsb][ .-]?){8}[0-9oilsb])(?![a-z0-9])"
)
_LOOK = str.maketrans("oilsb", "01158")
_CUE = re.compile(
    r"\btva\b|\bvat\b|intra-?com|ust-?id|\bbtw\b|\bpartita iva|\bp\.? ?iva\b|\bnif\b|\bmwst\b|\biva\b|"
    r"\bmoms\b|\bvies\b|\bno_?tva"
)
_FOREIGN = {
    "at": r"u ?[0-9]{8}",
    "be": r"[01][0-9]{3}[ .]?[0-9]{3}[ .]?[0-9]{3}",
    "bg": r"[0-9]{9,10}",
    "cy": r"[0-9]{8}[a-z]",
    "cz": r"[0-9]{8,10}",
    "de": r"[0-9]{3} ?[0-9]{3} ?[0-9]{3}",
    "dk": r"[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2}",
    "ee": r"[0-9]{9}",
    "el": r"[0-9]{9}",
    "es": r"[a-z0-9][0-9]{7}[a-z0-9]",
    "fi": r"[0-9]{8}",
    "gb": r"[0-9]{3} ?[0-9]{4} ?[0-9]{2}(?:[0-9]{3})?",
    "hr": r"[0-9]{11}",
    "hu": r"[0-9]{8}",
    "ie": r"[0-9][a-z0-9+*][0-9]{5}[a-z]{1,2}",
    "it": r"[0-9]{11}",
    "lt": r"[0-9]{9}(?:[0-9]{3})?",
    "lu": r"[0-9]{8}",
    "lv": r"[0-9]{11}",
    "mt": r"[0-9]{8}",
    "nl": r"[0-9]{9} ?b ?[0-9]{2}",
    "pl": r"[0-9]{10}",
    "pt": r"[0-9]{9}",
    "ro": r"[0-9]{2,10}",
    "se": r"[0-9]{12}",
    "si": r"[0-9]{8}",
    "sk": r"[0-9]{10}",
    "xi": r"[0-9]{9}",
    "che": r"[ -]?[0-9]{3}\.?[0-9]{3}\.?[0-9]{3}(?: ?(?:tva|mwst|iva))?",
}
_OTHERS: Final = {state: re.compile(rf"{state}[ .-]?{form}(?![a-z0-9])") for state, form in _FOREIGN.items()}
_WORDS = frozenset(
    {"tva", "vat", "intracom", "intracommunautaire", "btw", "iva", "nif", "ust", "mwst", "vies", "moms"}
)


def french_key(siren: str) -> int:
    """The two digits of the French key."""
    return (12 + 3 * (int(siren) % 97)) % 97


def _french(view: View) -> Iterator[Finding]:
    for at in view.occurrences("fr"):
        match = _FRENCH.match(view.low, at) if at == 0 or not view.low[at - 1].isalnum() else None
        if not match:
            continue
        start, end = match.span()
        key, siren = match[1].replace(" ", ""), re.sub("[ .-]", "", match[2]).translate(_LOOK)
        read = key.translate(_LOOK)
        if luhn(siren) and (not read.isdigit() or int(read) == french_key(siren)):
            yield Finding(start, end, "TVA", 0.99, "tva", "Numéro de TVA français : forme et clés exactes.")
        elif said(view, start, _CUE, 60):
            reason = "Numéro de TVA français d'après le contexte ; sa clé est fausse."
            yield Finding(start, end, "TVA", 0.8, "tva", reason)


def _search(view: View) -> Iterator[Finding]:
    if "fr" in view.low:
        yield from _french(view)
    if not _WORDS.isdisjoint(view.vocabulary):
        yield from _foreign(view)


def _foreign(view: View) -> Iterator[Finding]:
    low, past = view.low, -1
    for start, _ in view.runs.lettered:
        # "be 0428", "atu12345678", "esb1234567", "che-123"
        for back in (2, 3, 4):
            first = start - back
            state = low[first : first + 2] if first >= 0 else ""
            pattern = _OTHERS.get("che" if low[first : first + 3] == "che" else state)
            if not pattern or first < past or (first and low[first - 1].isalnum()):
                continue
            match = pattern.match(low, first)
            if match and said(view, first, _CUE, 60):
                past = match.end()
                reason = "Numéro de TVA d'un État européen, d'après sa forme et le contexte."
                yield Finding(*match.span(), "TVA", 0.9, "tva", reason)


RECOGNISER = Recogniser(
    id="tva",
    labels=("TVA",),
    source="CGI, article 286 ter ; directive 2006/112/CE, article 215 ; VIES",
    search=_search,
    accepted=(
        "TVA : ⟦FR43 759 522 782⟧",
        "TVA intra ⟦FR 69 537781114⟧",
        "⟦fr89962772976⟧",
        "⟦FR 43 759.522.782⟧",
        "<VAT>⟦FR43759522782⟧</VAT>",
        "n° TVA ⟦FR44 759 522 782⟧",
        "TVA ⟦FRK7 759 522 782⟧",
        "VAT ⟦DE 123456789⟧",
        "TVA intracommunautaire : ⟦BE 0428.759.497⟧",
        "TVA ⟦ESB12345678⟧ et le client",
        "TVA ⟦NL123456789B01⟧",
    ),
    refused=(
        "FR44 759 522 782 sans rien dire",
        "la TVA à 20 % en France",
        "offre 12 345 678 901",
        "DE 123456789",
    ),
    needs_digit=True,
)
