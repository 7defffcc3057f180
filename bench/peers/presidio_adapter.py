"""Presidio in French: its analyzer, all that it loads for ``fr``, its default thresholds."""

from __future__ import annotations

import tldextract.tldextract
from _pipe import Spans, serve
from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.nlp_engine import NlpEngineProvider

LABELS = {
    "ORGANIZATION": "ORGANISATION",
    "EMAIL_ADDRESS": "EMAIL",
    "PHONE_NUMBER": "PHONE",
    "IBAN_CODE": "IBAN",
    "IP_ADDRESS": "IP",
    "MAC_ADDRESS": "MAC",
    "DATE_TIME": "DATE",
}
MODEL = {"lang_code": "fr", "model_name": "fr_core_news_md"}
# The list of domain suffixes shipped with the package, never the one of the network.
tldextract.tldextract.TLD_EXTRACTOR.suffix_list_urls = ()
engine = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": [MODEL]}).create_engine()
analyzer = AnalyzerEngine(nlp_engine=engine, supported_languages=["fr"])


def find(text: str) -> Spans:
    found = analyzer.analyze(text, language="fr")
    return [(r.start, r.end, LABELS.get(r.entity_type, r.entity_type)) for r in found]


serve(find)
