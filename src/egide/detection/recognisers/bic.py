"""BIC: bank 4 letters, country 2, place 2, branch 3 (optional). A cue, or a bank of France known by name.

Source: ISO 9362; SWIFT, BIC directory (prefixes of the banks established in France).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._said import said
from egide.detection.view import View

_AFTER = re.compile(
    r"(?:/ ?swift)?(?: ?code)?[\"'>]{0,2} ?(?:est|is|[:=(|;,]|-)? ?[\"']?([a-z]{4} ?[a-z]{2} "
    r"?[a-z0-9]{2}(?: ?[a-z0-9]{3})?)(?![a-z0-9])"
)
_BANKS = (
    "agri bnpa bous bred ccbp ccfr cepa cmbr cmci crly crfl cmut cofi ctrv cdcg delu fortis fpel gpba "
    "hsbc ingb lcli lydi "
    "natx nord ofin otpv psst qnto revo soge socb swnb trzo bdfe bmma bnps ccop chas cici corc fimb gene "
    "mona qonto sgtt snng trey "
)
_NAMES = frozenset(name for name in _BANKS.split() if len(name) == 4)
_FRENCH = re.compile(r"[a-z]{4}(?:fr|mc)[a-z0-9]{2}(?:[a-z0-9]{3})?(?![a-z0-9])")
_CUES = ("bic", "swift")
_NEAR = re.compile(r"\bbic\b|swift")


def _search(view: View) -> Iterator[Finding]:
    low, text = view.low, view.text
    for cue in _CUES:
        for _, end in view.places(cue):
            match = _AFTER.match(low, end)
            if match and (text[match.start(1) : match.end(1)].isupper() or any(map(str.isdigit, match[1]))):
                yield Finding(*match.span(1), "BIC", 0.95, "bic", "Code BIC d'après le contexte.")
    for name in _NAMES & view.beginnings:
        for at in (*view.occurrences(f"{name}fr"), *view.occurrences(f"{name}mc")):
            match = None if low[at - 1 : at].isalnum() else _FRENCH.match(low, at)
            if match and text[match.start() : match.end()].isupper():
                yield Finding(*match.span(), "BIC", 0.9, "bic", "Code BIC d'une banque établie en France.")
            elif match and said(view, match.start(), _NEAR):
                yield Finding(*match.span(), "BIC", 0.85, "bic", "Code BIC d'après sa forme et le contexte.")


RECOGNISER = Recogniser(
    id="bic",
    labels=("BIC",),
    source="ISO 9362",
    search=_search,
    accepted=(
        "BIC ⟦CTRVFR2T⟧",
        "bic ⟦AGRIFRPP836⟧",
        "BIC : ⟦DEUTDEFF⟧",
        "j'ai seulement ⟦CEPAFRPP751⟧",
        "SWIFT code: ⟦BNPA FR PP XXX⟧",
        "<BIC>⟦AGRIFRPP867⟧</BIC>",
        "code bic ⟦agrifrpp836⟧",
    ),
    refused=(
        "BIC : voir RIB",
        "bic bleu ou noir",
        "LES OFFRES DU MOIS",
        "un stylo bic cristal",
    ),
)
