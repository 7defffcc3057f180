"""Finds the workspace's apps and what each brings, so that adding one is adding a folder."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from collections.abc import Iterator
from functools import cache
from types import ModuleType

PACKAGE = "egide.workspace"


@cache
def app_names() -> tuple[str, ...]:
    """Dotted names of the sub-packages that hold an ``apps.py``, in alphabetical order."""
    package = importlib.import_module(PACKAGE)
    folders = (module.name for module in pkgutil.iter_modules(package.__path__) if module.ispkg)
    return tuple(f"{PACKAGE}.{name}" for name in sorted(folders) if _has(f"{PACKAGE}.{name}", "apps"))


def modules(name: str) -> Iterator[ModuleType]:
    """The module called ``name`` of each app that has one."""
    for app in _having(name):
        yield importlib.import_module(f"{app}.{name}")


@cache
def _having(module: str) -> tuple[str, ...]:
    return tuple(app for app in app_names() if _has(app, module))


def _has(package: str, module: str) -> bool:
    return importlib.util.find_spec(f"{package}.{module}") is not None
