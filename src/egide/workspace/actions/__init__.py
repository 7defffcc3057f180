"""What is to be done, by whom and until when, whichever page it comes from."""

from __future__ import annotations
