"""The name model: what a small network, trained on French business text, reads in the words around.

``words`` cuts the text, ``features`` describes each word, ``network`` weighs them, ``spans`` turns
weights into runs of words, ``model`` ties the four together. Made by ``training/``; see its model card.
"""

from __future__ import annotations

from egide.detection.names.model import NameModel, shipped

__all__ = ["NameModel", "shipped"]
