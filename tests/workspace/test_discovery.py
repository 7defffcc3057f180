from __future__ import annotations

from pathlib import Path

import egide.workspace
from egide.workspace import discovery
from egide.workspace.urls import mount


def test_every_folder_with_an_apps_file_is_an_app() -> None:
    folders = {path.parent.name for path in Path(egide.workspace.__path__[0]).glob("*/apps.py")}
    assert {name.removeprefix("egide.workspace.") for name in discovery.app_names()} == folders
    assert "assistant" in folders


def test_an_app_is_mounted_at_its_name_unless_it_says_otherwise(workspace: None) -> None:
    mounts = {module.__name__.split(".")[2]: mount(module) for module in discovery.modules("urls")}
    assert mounts["usages"] == "usages/"
    assert mounts["providers"] == "fournisseurs/"
    assert mounts["accounts"] == ""
    assert len(set(mounts.values())) == len(mounts)
