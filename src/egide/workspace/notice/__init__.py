"""The notice to staff: read before the first use, acknowledged with time and version, followed by pilots."""

from __future__ import annotations
