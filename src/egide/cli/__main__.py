"""``python -m egide.cli``: the same as the command ``egide``."""

from __future__ import annotations

from egide.cli import main

main()
