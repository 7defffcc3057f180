from __future__ import annotations

from pathlib import Path

from egide.server.processes import writer_of
from egide.settings import load


def test_each_process_of_a_folder_has_its_own_chain(tmp_path: Path) -> None:
    settings = load({}, data_dir=tmp_path)
    first, held = writer_of(settings)
    second, other = writer_of(settings)
    held.close()
    other.close()
    assert (first, second) == ("gateway-1", "gateway-2")


def test_servers_that_share_a_database_never_share_a_chain(tmp_path: Path) -> None:
    names = []
    for name in ("one", "two", "one"):
        settings = load({}, data_dir=tmp_path / name, database_url="postgresql://localhost/egide").prepare()
        writer, held = writer_of(settings)
        held.close()
        names.append(writer)
    assert names[0] != names[1]
    assert names[0] == names[2]
