"""Access keys of tools, one person each; only a keyed digest is kept."""

from __future__ import annotations
