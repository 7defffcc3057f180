"""The self-diagnosis: answered by axis, scored by the method of its reference file, with what to do next."""

from __future__ import annotations
