"""How much may be given at once. Apart, since Django's settings need it before any model is loaded."""

from __future__ import annotations

from typing import Final

MOST_BYTES: Final = 20_000_000
# What goes around a file in a form: the names of the fields, the token.
MOST_REQUEST_BYTES: Final = MOST_BYTES + 100_000
MOST_ENTRIES: Final = 200_000
MOST_COLUMNS: Final = 40
MOST_CELL: Final = 200
FEWEST_WORDS: Final = 30
"""A document with fewer could not be told from anything else."""
