"""Other ways to write the same text: without capitals or accents, on one line, behind an instruction."""

from __future__ import annotations

import random
import re

from corpora import Document
from markup import Carrier, Value
from redraw import fold_accents

_BREAK = re.compile(r"(?<=[.!?])\s+|\n+")

_ASKS = """
Rédige une réponse à ce message :
Réponds poliment :
Reformule ce texte :
Corrige les fautes :
Résume en trois lignes :
Traduis en anglais :
peux tu corriger ca stp
Fais un compte rendu de ce qui suit.
Améliore ce mail, ton professionnel :
Mets ça au propre :
Que penses-tu de ce message ?
Prépare une relance à partir de ça :
Extrais les informations utiles :
Voici le contexte :
Transforme en tableau :
tu peux m'aider à répondre à ça ?
Please answer this e-mail:
Simplifie ce courrier :
Donne-moi une version plus ferme :
Analyse ce document et liste les points à vérifier.
Fais-en une synthèse pour la direction :
Trouve un objet pour ce mail :
Complète ce courrier :
Raccourcis :
""".strip().splitlines()
_TAILS = [
    "\n\nMerci d'avance !",
    "\n\nFais court.",
    "\nTon neutre, 10 lignes max.",
    "\n\nQu'en penses-tu ?",
    "\nMerci",
]


def vary(document: Document, rng: random.Random) -> Document:
    """``document``, or one of its other forms; offsets follow."""
    text, spans = document.text, document.spans
    luck = rng.random()
    if luck < 0.13:
        text = _same_length(text, text.lower())
    elif luck < 0.17:
        text = _same_length(text, text.upper())
    if rng.random() < 0.12:
        text = fold_accents(text)
    if rng.random() < 0.05:
        text = text.replace("\n", " ")
    if rng.random() < 0.03:
        text = text.replace(",", " ").replace(".", " ")
    if rng.random() < 0.15:
        head = rng.choice(_ASKS) + rng.choice(["\n", "\n\n", " "])
        text, spans = head + text, tuple((s + len(head), e + len(head), label) for s, e, label in spans)
    if rng.random() < 0.05:
        text += rng.choice(_TAILS)
    return Document(document.id, text, spans)


def joined(first: Document, second: Document, rng: random.Random) -> Document:
    """Two documents in one text."""
    mark = rng.choice(["\n\n", "\n", "\n---\n", " "])
    shift = len(first.text) + len(mark)
    spans = (*first.spans, *((s + shift, e + shift, label) for s, e, label in second.spans))
    return Document(f"{first.id}+{second.id}", first.text + mark + second.text, spans)


def _same_length(text: str, other: str) -> str:
    return other if len(other) == len(text) else text


def mixed(carriers: list[Carrier], rng: random.Random) -> Carrier:
    """Sentences and lines of two to four carriers in one text."""
    chosen = rng.sample(carriers, rng.randint(2, 4))
    pieces: list[str | Value] = []
    for number, carrier in enumerate(chosen):
        segments = _segments(carrier)
        first = rng.randrange(len(segments))
        for segment in segments[first : first + rng.randint(1, 4)]:
            # The same number in two carriers names two people.
            pieces += [
                piece if isinstance(piece, str) or not piece.entity
                else Value(piece.label, piece.text, f"{number}-{piece.entity}", piece.optional)
                for piece in segment
            ]  # fmt: skip
            pieces.append(rng.choice([" ", "\n", "\n"]))
    return Carrier(f"{chosen[0].id}+", chosen[0].domain, chosen[0].traits, tuple(pieces))


def _segments(carrier: Carrier) -> list[list[str | Value]]:
    """The pieces of each sentence or line."""
    segments: list[list[str | Value]] = [[]]
    for piece in carrier.pieces:
        if isinstance(piece, Value):
            segments[-1].append(piece)
            continue
        head, *rest = _BREAK.split(piece)
        segments[-1].append(head)
        segments += [[part] for part in rest]
    return [segment for segment in segments if any(segment)]
