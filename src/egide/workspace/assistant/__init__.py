"""The Assistant: write, see what will be masked, send, read the answer with the true values back."""

from __future__ import annotations
