"""Why a file is not read: a fixed list of reasons, each with its code and its French words.

The process that reads hostile files only ever says the name of a reason: it cannot make Égide say
anything else.
"""

from __future__ import annotations

from typing import Final

from egide.documents.limits import Limits

REASONS: Final = {
    "unknown": ("EG-4050", "son format n'est pas lu"),
    "old-office": ("EG-4050", "c'est un ancien format de Microsoft (.doc, .xls, .ppt, .msg)"),
    "mismatch": ("EG-4050", "son contenu n'est pas du type annoncé"),
    "encrypted": ("EG-4051", "il est chiffré"),
    "damaged": ("EG-4052", "il est abîmé"),
    "dangerous": ("EG-4052", "il contient une construction dangereuse (définition d'entités)"),
    "crash": ("EG-4052", "sa lecture a échoué"),
    "embedded": ("EG-4053", "un objet incorporé"),
    "scan": ("EG-4053", "une page numérisée, et la lecture des images n'est pas installée"),
    "unreadable": ("EG-4053", "une page dont les lettres ne correspondent à aucun caractère connu"),
    "animated": ("EG-4053", "une image animée ou de plusieurs pages"),
    "empty": ("EG-4053", "il ne contient aucun texte lisible"),
    "depth": ("EG-4053", "trop de documents les uns dans les autres"),
    "bytes": ("EG-4054", "plus de {bytes} octets"),
    "files": ("EG-4054", "plus de {files} documents dans la requête"),
    "pages": ("EG-4054", "plus de {pages} pages"),
    "scans": ("EG-4054", "plus de {scans} pages numérisées ou images"),
    "cells": ("EG-4054", "plus de {cells} cellules"),
    "pixels": ("EG-4054", "plus de {pixels} points"),
    "unpacked": ("EG-4054", "plus de {unpacked} octets une fois décompressé"),
    "characters": ("EG-4054", "plus de {characters} caractères"),
    "memory": ("EG-4054", "sa lecture demande trop de mémoire"),
    "time": ("EG-4054", "sa lecture demande plus de {seconds} secondes"),
    "no-ocr": ("EG-4055", "la lecture des images n'est pas installée"),
    "no-text": (
        "EG-4055",
        "aucun texte n'y a été lu, et la politique ne laisse partir que le texte des images",
    ),
    "pictures": ("EG-4055", "la politique n'en laisse partir aucune vers ce fournisseur"),
}


class Refusal(Exception):  # noqa: N818 - what a reader says of a file, not yet an error that people read
    """A file is not read. ``reason`` is a key of ``REASONS``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason if reason in REASONS else "crash"

    @property
    def code(self) -> str:
        """The code in the catalogue of messages."""
        return REASONS[self.reason][0]

    def words(self, limits: Limits) -> str:
        """The reason in French."""
        sizes = {name: f"{getattr(limits, name):,.0f}".replace(",", "\u00a0") for name in Limits.__slots__}
        return REASONS[self.reason][1].format(**sizes)
