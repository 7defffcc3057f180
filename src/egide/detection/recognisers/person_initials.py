"""A person by an initial: "J. Dupont", "J.-M. Schmittlein", "Th. Vuillemin", "Lola M.".

Source: French usage for abbreviated first names (Imprimerie nationale, Lexique, "Prénoms").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._lexicon import Flag
from egide.detection.recognisers._names import extend
from egide.detection.recognisers._tokens import INITIAL, LOWER, Tokens, tokens
from egide.detection.view import View

_REASON = "Nom abrégé par une initiale."
_INITIALS = re.compile(
    r"(?<![\w.'-])(?:[A-ZÉÈÎÇ][a-zé]?\.[ -]?)?[A-ZÉÈÎÇ][hr]?\.[ \u00a0]?$|(?<![\w.'-])[A-Z]-[A-Z]\.? $"
)
_AFTER = re.compile(r"[ \u00a0]([A-Z])\b\.?(?![\w'’-])")
_UNLIKE = Flag.OPENER | Flag.NEVER | Flag.LEGAL | Flag.TITLE | Flag.GREETING


def _before(view: View, t: Tokens, i: int) -> int:
    """Start of the initials just before word ``i``, or -1."""
    head = view.text[max(0, t.start[i] - 8) : t.start[i]]
    match = _INITIALS.search(head)
    if not match or (
        match.group().strip() in ("M.", "P.", "N.", "Dr.", "Pr.", "Mr.", "L.", "R.", "D.", "S.", "A.")
        and (t.flags[i] & Flag.COMMON or match.group().strip() == "M.")
    ):
        return -1
    return t.start[i] - len(head) + match.start()


def _search(view: View) -> Iterator[Finding]:
    t = tokens(view)
    for k in t.short:
        if k + 1 < t.size and ("." in t.gap[k + 1][-2:] or t.word[k][1:2] == "-"):
            yield from _led(view, t, k + 1)
        if t.shape[k] == INITIAL and k:
            yield from _followed(t, k - 1)


def _led(view: View, t: Tokens, i: int) -> Iterator[Finding]:
    """ "J. Dupont", "J-M Dupont"."""
    flags = t.flags[i]
    if t.shape[i] in (LOWER, INITIAL):
        return
    particle = flags & Flag.PARTICLE and i + 1 < t.size and t.capital[i + 1] and t.joined[i + 1]
    if flags & _UNLIKE and not particle:
        return
    core = i + 1 if particle else i
    start = _before(view, t, i)
    if start >= 0 and (not t.flags[core] & Flag.COMMON or t.flags[core] & Flag.SURNAME_STRONG):
        yield Finding(start, t.end[extend(t, core) - 1], "PERSON", 0.85, "person_initials", _REASON)


def _followed(t: Tokens, i: int) -> Iterator[Finding]:
    """ "Lola M."."""
    flags = t.flags[i]
    if not flags & Flag.GIVEN or flags & (Flag.COMMON | _UNLIKE) or t.shape[i] in (LOWER, INITIAL):
        return
    found = _AFTER.match(t.text, t.end[i])
    if found and not t.text[found.end() : found.end() + 1].isdigit():
        yield Finding(t.start[i], found.end(), "PERSON", 0.8, "person_initials", _REASON)


RECOGNISER = Recogniser(
    id="person_initials",
    labels=("PERSON",),
    source="Imprimerie nationale, Lexique des règles typographiques, « Prénoms »",
    search=_search,
    accepted=(
        "Reprise par ⟦T. Le Floc'h⟧ avant le 12",
        "⟦J.-M. Schmittlein⟧",
        "— ⟦Ghislaine P.⟧ sur le site",
        "signé ⟦H. Kowalczyk⟧ ce jour",
    ),
    refused=(
        "article L. Code de la consommation",
        "l'État et S. A. R. L. au capital",
        "voir p. 12 et n. 4",
    ),
    anchors=(".", " "),
)
