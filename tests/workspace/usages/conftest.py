"""A complete declaration, as the form gives it and as a service takes it."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture
def told() -> dict[str, Any]:
    return {
        "name": "Devis",
        "description": "Mettre en forme les devis.",
        "tool": "Un assistant en ligne",
        "data": ["contact", "financial"],
        "concerned": ["clients"],
        "department": "Atelier",
        "control": "Celui qui envoie relit chaque prix.",
        "fallback": "On reprend le modèle du classeur.",
    }
