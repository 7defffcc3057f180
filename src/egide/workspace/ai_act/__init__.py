"""The AI Act: for each usage the decision table walked, with reasons, duties and dates, and confirmed."""

from __future__ import annotations
