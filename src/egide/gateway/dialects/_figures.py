"""What addresses share whose answer is figures: vectors, scores, counts.

Nothing streams, nothing is put back, the answer goes on as it came, and the vault keeps nothing.
"""

from __future__ import annotations

from typing import Any

from egide.errors import GatewayError
from egide.gateway.dialect import Signing, StreamReader
from egide.pseudonymisation import Session


class Figures:
    """See ``gateway.dialect.Dialect``, of which this is a part."""

    restores = False

    def add_note(self, request: dict[str, Any], note: str) -> None:
        """No model reads instructions here."""

    def stream(self, session: Session, signing: Signing) -> StreamReader:
        raise GatewayError("EG-4003", field="stream")
