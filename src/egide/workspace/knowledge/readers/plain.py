"""Text files, in UTF-8, UTF-16 with its mark, or the encoding of French Windows."""

from __future__ import annotations

from egide.workspace.knowledge.readers._encoding import decoded
from egide.workspace.knowledge.readers._reader import Reader

READER = Reader((".txt", ".md"), lambda data: decoded(data)[0])
