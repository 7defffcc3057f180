"""Every annotated text that the name model may learn from, in one form, and what is left out of each.

The labels of the sets are brought to ``TAGGED``; spans of other labels, and places in sets that mark every
town, are *ignored*: neither right nor wrong to the model.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from markup import Carrier

TAGGED = (
    "PERSON", "ORGANISATION", "LOCATION", "ADDRESS", "HEALTH", "RELIGION", "POLITICS", "UNION", "ETHNICITY",
    "SEX_LIFE", "CRIMINAL", "CONFIDENTIAL", "SECRET", "USERNAME", "CONTRACT_REF", "AMOUNT", "DATE_OF_BIRTH",
    "OTHER",
)  # fmt: skip
"""Labels that the network tells apart; OTHER is what rules alone name (phones, numbers, e-mails)."""
IGNORED = "IGNORED"
_OTHER = frozenset(
    [
        "EMAIL",
        "PHONE",
        "NIR",
        "SIREN",
        "SIRET",
        "TVA",
        "IBAN",
        "CARD",
        "ID_DOC",
        "PLATE",
        "IP",
        "URL",
        "BANK_REF",
        "INE",
        "RPPS",
        "FINESS",
        "MAC",
        "GEO",
        "TAX_NUMBER",
    ]
)
_SAME = {"REF": "CONTRACT_REF", "ID": "OTHER", "CASE_REF": "CONTRACT_REF", "CUSTOMER_REF": "CONTRACT_REF"}
# Old press and translated rulings mark every place, and not what a company would hide.
_PRESS = ("europeana_fr_bnf", "newseye_fr", "ajmc_fr", "echr_fr_manual_train", "echr_fr_projected_silver")
_SHARE = {"europeana_fr_bnf": 0.2, "newseye_fr": 0.5, "ajmc_fr": 0.3, "echr_fr_projected_silver": 0.15,
          "synth_business_fr": 0.12, "eds_templates_augmented": 0.25}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Document:
    """A text and its spans (start, end, label of ``TAGGED`` or ``IGNORED``), in order, disjoint."""

    id: str
    text: str
    spans: tuple[tuple[int, int, str], ...]


def label_of(label: str) -> str:
    """The network's label for a set's label."""
    label = _SAME.get(label, label)
    if label in TAGGED:
        return label
    return "OTHER" if label in _OTHER else IGNORED


def of_carrier(carrier: Carrier) -> Document:
    """A carrier as a document; optional values are ignored."""
    spans = [
        (start, end, IGNORED if value.optional else label_of(value.label))
        for start, end, value in carrier.spans()
        if end > start
    ]
    return Document(carrier.id, carrier.text, tuple(spans))


def read(path: Path) -> Iterator[Document]:
    """The documents of a ``.jsonl`` or ``.jsonl.gz`` set."""
    name = path.name.partition(".")[0]
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    for line in raw.decode().splitlines():
        if not line.strip():
            continue
        row = json.loads(line)
        spans, past = [], 0
        for span in sorted(row["spans"], key=lambda one: (one["start"], -one["end"])):
            label = label_of(span["label"])
            if span.get("need") == "may" or (label == "LOCATION" and name in _PRESS):
                label = IGNORED
            if span["start"] >= past:
                spans.append((span["start"], span["end"], label))
                past = span["end"]
        yield Document(str(row["id"]), row["text"], tuple(spans))


def sampled(data: Path, rng: random.Random) -> list[Document]:
    """What is taken of each set of ``train/`` beside the hand-written carriers."""
    found: list[Document] = []
    for path in sorted((data / "train").glob("*.jsonl.gz")):
        name = path.name.partition(".")[0]
        if name.startswith("handwritten"):
            continue
        share = _SHARE.get(name, 1.0)
        found += [document for document in read(path) if rng.random() < share]
    return found


def prose(reference: Path) -> list[Document]:
    """Paragraphs of the reference files (law, training, charter...): business French about nobody."""
    found: list[Document] = []
    for path in sorted(reference.glob("*.yaml")):
        loaded = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        for place, text in enumerate(_strings(loaded)):
            if len(text) > 60 and not re.search(r"https?://|@|\d{5}", text):
                found.append(Document(f"prose-{path.stem}-{place}", text.strip(), ()))
    return found


def _strings(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from _strings(value)
    elif isinstance(node, list):
        for value in node:
            yield from _strings(value)
