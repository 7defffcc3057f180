"""Marks that say a text must not go out: "CONFIDENTIEL", "diffusion restreinte", "NDA".

Source: II 901/SGDSI (mention "Diffusion Restreinte"); Code de commerce, L. 151-1 (secret des affaires).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.view import View

_REASON = "Mention de confidentialité."
_PHRASE = re.compile(
    r"\b(?:strictement confidentiel(?:le)?s?|diffusion (?:restreinte|interne|limitee)|"
    r"usage interne(?: uniquement)?|"
    r"secret des affaires|ne pas diffuser|ne pas divulguer|ne pas transmettre|sous embargo|"
    r"do not forward|strictly confidential|"
    r"company confidential|accord de confidentialite signe|reste entre nous|ca reste entre nous)\b"
)
_MARK = re.compile(
    r"(?:^|[\n\[(*«:–—|-]) ?((?:document |projet |note |mention )?(?:confidentiel(?:le)?|"
    r"confidential)s?)(?= ?(?:[\])\n*».,:–—|-]|$))"
)


# Beginnings of words, with the phrases to look for where one is there.
_PHRASES = {
    "conf": (
        "strictement confidentiel",
        "strictly confidential",
        "company confidential",
        "accord de confidentialite signe",
    ),
    "diff": ("diffusion ", "ne pas diffuser"),
    "inte": ("usage interne",),
    "affa": ("secret des affaires",),
    "divu": ("ne pas divulguer",),
    "tran": ("ne pas transmettre",),
    "emba": ("sous embargo",),
    "rest": ("ca reste entre nous", "reste entre nous"),
    "forw": ("do not forward",),
}


def _spans(view: View) -> Iterator[tuple[int, int]]:
    low = view.low
    literals = [phrase for key in _PHRASES.keys() & view.beginnings for phrase in _PHRASES[key]]
    for at in [at for literal in literals for at in view.occurrences(literal)]:
        match = _PHRASE.match(low, at)
        if match and (match.group() != "secret des affaires" or _used(view, at)):
            yield match.span()
    for at in view.occurrences("confiden") if "conf" in view.beginnings else ():
        for match in _MARK.finditer(low, max(0, at - 14), at + 40):
            yield match.span(1)


def _search(view: View) -> Iterator[Finding]:
    for start, end in _spans(view):
        yield Finding(start, end, "CONFIDENTIAL_MARK", 0.8, "confidential_mark", _REASON)


def _used(view: View, start: int) -> bool:
    """The phrase marks this text, instead of being asked about ("qu'est-ce que le secret des affaires ?")."""
    head = view.before(start, 24)
    return (
        not head.strip()
        or head.rstrip()[-1] in "-–—:([*\n"
        or "couvert" in head
        or "protege" in head
        or "releve" in head
    )


RECOGNISER = Recogniser(
    id="confidential_mark",
    labels=("CONFIDENTIAL_MARK",),
    source="Instruction interministérielle n° 901/SGDSN ; Code de commerce, article L. 151-1",
    search=_search,
    accepted=(
        "⟦CONFIDENTIEL⟧ – offre de reprise",
        "Note à ⟦diffusion restreinte⟧",
        "le dossier est couvert par le ⟦secret des affaires⟧",
        "merci de ⟦ne pas diffuser⟧ ce tableau",
    ),
    refused=(
        "Rédige une clause de confidentialité",
        "Qu'est-ce que le secret des affaires ?",
        "un service confidentiel et gratuit",
    ),
)
