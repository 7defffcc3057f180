"""Formulas that stand in many letters and contracts, from ``reference/boilerplate.yaml``: never a copy."""

from __future__ import annotations

from functools import cache
from importlib import resources

import numpy as np
import yaml
from pydantic import BaseModel, ConfigDict

from egide.detection.knowledge.cutting import cut
from egide.detection.knowledge.hashing import Namer, Names, sorted_once
from egide.detection.knowledge.winnowing import runs
from egide.detection.view import fold


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int
    date: object
    review: object
    source: str
    formulas: tuple[str, ...]


@cache
def texts() -> tuple[str, ...]:
    """The formulas, read once."""
    source = resources.files("egide.reference").joinpath("boilerplate.yaml")
    return _File.model_validate(yaml.safe_load(source.read_text(encoding="utf-8"))).formulas


def formulas(namer: Namer) -> Names:
    """The names of all runs of five words of the formulas, sorted."""
    return sorted_once(np.concatenate([runs(namer.of_words(cut(fold(text)))) for text in texts()]))
