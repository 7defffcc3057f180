"""Values written so that nobody sees them: invisible characters, look-alikes, encodings, words for digits.

    unveiled(view, find, found) -> the findings that only a plain reading of the text gives

``gate`` says in microseconds whether anything is unusual; ``disguises`` hold one disguise a file;
``reading`` turns disguised places into plain text that the whole detector reads, and places back.
"""

from __future__ import annotations

from egide.detection.unveil.unveil import readings, unveiled

__all__ = ["readings", "unveiled"]
