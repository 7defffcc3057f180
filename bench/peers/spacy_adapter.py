"""The entities of ``fr_core_news_md``, its whole pipeline loaded."""

from __future__ import annotations

import spacy
from _pipe import Spans, serve

LABELS = {"PER": "PERSON", "ORG": "ORGANISATION", "LOC": "LOCATION"}
nlp = spacy.load("fr_core_news_md")


def find(text: str) -> Spans:
    return [(e.start_char, e.end_char, LABELS.get(e.label_, e.label_)) for e in nlp(text).ents]


serve(find)
