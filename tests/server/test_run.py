from __future__ import annotations

from pathlib import Path

import pytest

from egide.errors import SettingsError
from egide.server.run import claim
from egide.settings import load


def test_the_settings_know_the_port_that_was_free(tmp_path: Path) -> None:
    with claim(load({}, data_dir=tmp_path, port=0)) as (settings, listener):
        assert settings.port == listener.getsockname()[1] != 0
        assert settings.base_url == f"http://127.0.0.1:{settings.port}"


def test_a_taken_port_is_told_and_the_folder_freed(tmp_path: Path) -> None:
    with claim(load({}, data_dir=tmp_path / "a", port=0)) as (settings, listener):
        listener.listen()
        for _ in range(2):
            other = load({}, data_dir=tmp_path / "b", port=settings.port)
            with pytest.raises(SettingsError, match="EG-7004"), claim(other):
                pass


def test_an_impossible_address_is_told(tmp_path: Path) -> None:
    settings = load({}, data_dir=tmp_path, port=0, host="203.0.113.7")
    with pytest.raises(SettingsError, match="EG-7001"), claim(settings):
        pass
