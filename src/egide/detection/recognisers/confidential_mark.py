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


def _search(view: View) -> Iterator[Finding]:
    for match in _PHRASE.finditer(view.low):
        if match.group() == "secret des affaires" and not _used(view, match.start()):
            continue
        yield Finding(*match.span(), "CONFIDENTIAL_MARK", 0.8, "confidential_mark", _REASON)
    for match in _MARK.finditer(view.low):
        yield Finding(*match.span(1), "CONFIDENTIAL_MARK", 0.8, "confidential_mark", _REASON)


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
    anchors=(
        "confiden",
        "diffus",
        "usage interne",
        "secret des",
        "ne pas",
        "embargo",
        "entre nous",
        "do not forward",
    ),
)
