"""Égide: use generative AI responsibly and securely. The public library API is flat: import from here.

Each name is loaded when it is first asked for, so that a command that needs one part does not pay for all.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from egide.detection import Detector, Finding
    from egide.errors import EgideError
    from egide.policy import Policy
    from egide.pseudonymisation import Keyring, Pseudonymiser, Scope

_HOMES = {
    "Detector": "egide.detection",
    "EgideError": "egide.errors",
    "Finding": "egide.detection",
    "Keyring": "egide.pseudonymisation",
    "Policy": "egide.policy",
    "Pseudonymiser": "egide.pseudonymisation",
    "Scope": "egide.pseudonymisation",
}
__all__ = ["Detector", "EgideError", "Finding", "Keyring", "Policy", "Pseudonymiser", "Scope"]


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(home), name)
