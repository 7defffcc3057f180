"""The training: lessons, quizzes, certificates, when to train again, and the proof that it was done."""

from __future__ import annotations
