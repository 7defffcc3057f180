"""gdpr-pseudonymizer: its detector (model and patterns), without the human review that it is made for."""

from __future__ import annotations

import structlog
from _pipe import Spans, serve
from gdpr_pseudonymizer.nlp.hybrid_detector import HybridDetector
from gdpr_pseudonymizer.utils.logger import configure_logging

LABELS = {"ORG": "ORGANISATION"}
configure_logging("ERROR")
structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
detector = HybridDetector()
detector.load_model("fr_core_news_md")


def find(text: str) -> Spans:
    found = detector.detect_entities(text)
    return [(e.start_pos, e.end_pos, LABELS.get(e.entity_type, e.entity_type)) for e in found]


serve(find)
