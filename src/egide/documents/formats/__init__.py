"""Readers, one module per format: ``read(data, kind, context) -> Reading``, or Refusal."""

from __future__ import annotations
