"""The files of this folder: their content as YAML, and the strict form their parts are read in."""

from __future__ import annotations

from importlib import resources
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """A part of a reference file: what the form does not name is refused, and nothing changes it."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def read(name: str) -> Any:
    """The content of a file of this folder, as YAML gives it."""
    return yaml.safe_load(resources.files("egide.reference").joinpath(name).read_text("utf-8"))
