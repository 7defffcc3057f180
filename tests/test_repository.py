"""What the repository must not hold, whoever adds it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
# Addresses of package registries belong to each machine's own configuration; so do its folders.
REGISTRY = re.compile(
    r"--(?:extra-)?index-url|--find-links|--trusted-host|files\.pythonhosted|(?:pypi|npmjs)\.(?:org|com)/simple",
    re.IGNORECASE,
)
MACHINE = re.compile(r"(?<![\w.])/(?:work|home/\w+|root|Users/\w+)/\w")


def tracked() -> list[Path]:
    """Every text file that git keeps."""
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    files = [ROOT / name for name in names.split("\0") if name and ROOT / name != Path(__file__)]
    return [file for file in files if file.is_file() and b"\0" not in file.read_bytes()[:4096]]


def test_no_file_names_a_registry_or_a_folder_of_a_machine() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{number}"
        for file in tracked()
        for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if REGISTRY.search(line) or MACHINE.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_locked_package_has_a_version_and_hashes(lock: Path) -> None:
    blocks = re.sub(r"\\\n\s*", " ", lock.read_text()).splitlines()
    packages = [block for block in blocks if block.strip() and not block.lstrip().startswith("#")]
    assert packages
    for block in packages:
        assert re.match(r"[\w.\-\[\],]+==\S+", block), block.split()[0]
        assert "--hash=sha256:" in block, block.split()[0]


@pytest.mark.parametrize("target", ["run", "test", "lint", "bench", "docs", "clean", "help"])
def test_every_target_of_make_is_there(target: str) -> None:
    done = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_run_installs_from_the_lock_files_before_it_starts() -> None:
    fresh = ["make", "-n", "-B", "run"]
    done = subprocess.run(fresh, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert done.index("scripts/install.py run") < done.index("egide demo")
