"""anonyfy with its default policy: what ``Vault.mask`` replaces, timed on its detection alone.

It cuts a name in words and an address in parts; parts that follow one another are joined, as the gold has
them, which only helps its exact score.
"""

from __future__ import annotations

import atexit
import re
import tempfile
from pathlib import Path

from _pipe import Spans, serve
from anonyfy import Vault

LABELS = {
    "PRENOM": "PERSON",
    "PATRONYME": "PERSON",
    "VOIE": "ADDRESS",
    "CODE_POSTAL": "ADDRESS",
    "COMMUNE": "LOCATION",
    "TELEPHONE": "PHONE",
    "CARTE_BANCAIRE": "CARD",
    "PLAQUE_SIV": "PLATE",
    "REFERENCE_DOSSIER": "CASE_REF",
}
PLACES = {"ADDRESS", "LOCATION"}
IN_A_NAME = re.compile(r"[^\S\n]+|-")
IN_AN_ADDRESS = re.compile(r"[\s,\-–]*")
folder = tempfile.TemporaryDirectory()
atexit.register(folder.cleanup)
vault = Vault(key=bytes(range(32)), scope="bench", registry_path=str(Path(folder.name, "registry.db")))


def seen(text: str) -> Spans:
    """What it detects, before it decides what to replace."""
    entities = vault.mask(text, observe=True).entities
    return [(e.start, e.end, LABELS.get(e.type.value, e.type.value)) for e in entities]


def find(text: str) -> Spans:
    # What it returns has the length of the replacements but, replaced from the right, the original starts.
    replaced = {entity.start for entity in vault.mask(text).entities}
    joined: Spans = []
    for start, end, label in sorted(span for span in seen(text) if span[0] in replaced):
        last = joined[-1] if joined else (0, 0, "")
        pair = {label, last[2]}
        if pair == {"PERSON"} and IN_A_NAME.fullmatch(text, last[1], start):
            joined[-1] = (last[0], end, label)
        elif pair <= PLACES and "ADDRESS" in pair and IN_AN_ADDRESS.fullmatch(text, last[1], start):
            joined[-1] = (last[0], end, "ADDRESS")
        else:
            joined.append((start, end, label))
    return joined


serve(find, timed=seen)
