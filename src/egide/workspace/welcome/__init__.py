"""The first start: three answers, and the workspace that they fill, shown before it is applied; undoable."""

from __future__ import annotations
