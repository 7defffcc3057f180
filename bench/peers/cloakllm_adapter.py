"""cloakllm with the locale ``fr``: its patterns, then the entities of the model that it chooses."""

from __future__ import annotations

from _pipe import Spans, serve
from cloakllm.config import ShieldConfig
from cloakllm.detector import DetectionEngine

LABELS = {
    "ORG": "ORGANISATION",
    "GPE": "LOCATION",
    "PHONE_FR": "PHONE",
    "NIR_FR": "NIR",
    "CREDIT_CARD": "CARD",
    "IP_ADDRESS": "IP",
    "API_KEY": "SECRET",
    "AWS_KEY": "SECRET",
    "JWT": "SECRET",
}
# Without its model it would go on with its patterns alone and say so in a warning that nobody reads here.
engine = DetectionEngine(ShieldConfig(locale="fr", ner_required=True, audit_enabled=False))


def find(text: str) -> Spans:
    found, _ = engine.detect(text)
    return [(d.start, d.end, LABELS.get(d.category, d.category)) for d in found]


serve(find)
