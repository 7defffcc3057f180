"""Make ``.venv`` and install Égide in it, from the lock files: ``python scripts/install.py run|dev``.

Runs with any Python 3 and its standard library, so that a Python too old gets a clear message. A stamp
file is left at the end: make compares its date with the lock files.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
# Warnings about the machine's own set-up say nothing to the person who types `make run`.
QUIET = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore", "PIP_NO_INPUT": "1"}
MODEL = "requirements/model.txt"


def main(kind):
    """Install for ``run`` (the product) or ``dev`` (the product and the tests)."""
    if sys.version_info < (3, 11):  # noqa: UP036 - the very check for those who run something older
        stop(
            f"Égide demande Python 3.11 ou plus récent ; « {sys.executable} » est un Python "
            f"{sys.version_info[0]}.{sys.version_info[1]}.\nIndiquez-en un autre : make run PYTHON=python3.12"
        )
    start = time.monotonic()
    make_environment()
    lock = f"requirements/{kind}.txt"
    steps = [
        ("Outils de construction", ["--require-hashes", "-r", "requirements/build.txt"]),
        ("Bibliothèques", ["--require-hashes", "-r", lock]),
        ("Modèle local", ["--require-hashes", "--no-deps", "-r", MODEL]),
        ("Égide", ["--no-deps", "--no-build-isolation", "-e", "."]),
    ]
    for number, (title, arguments) in enumerate(steps, 1):
        install(f"[{number}/{len(steps)}] {title}", arguments)
    # pip compiles what it installs, not a folder linked to: the first start must not pay for it.
    subprocess.run([PYTHON, "-m", "compileall", "-q", "src"], cwd=ROOT)
    (VENV / f".egide-{kind}").touch()
    print(f"Installé en {time.monotonic() - start:.0f} s.", flush=True)


def make_environment():
    """``.venv`` with its own pip."""
    if (
        PYTHON.exists()
        and subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode == 0
    ):
        return
    print("Création de l'environnement .venv…", flush=True)
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], capture_output=True, text=True)
    if made.returncode:
        said = (made.stdout + made.stderr).strip()
        stop(
            f"L'environnement .venv n'a pas pu être créé.\n{said}\n"
            "Sur Debian ou Ubuntu : apt install python3-venv"
        )


def install(title, arguments):
    """One pip run, shown as a counter of packages; its own words only if it fails."""
    wanted = packages(arguments)
    command = [PYTHON, "-m", "pip", "install", *arguments]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **QUIET},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said, seen = [], 0
    for line in process.stdout:
        said.append(line)
        if re.match(r"(Collecting|Requirement already satisfied:) ", line):
            seen += 1
            show(title, seen, wanted)
    if process.wait():
        stop(f"\n{title} : l'installation a échoué.\n{''.join(said[-25:])}")
    show(title, wanted, wanted, end="\n")


def packages(arguments):
    """How many packages a pip run will name."""
    files = [ROOT / name for name in arguments if name.endswith(".txt")]
    return (
        sum(len(re.findall(r"^[\w.-]+(?:\[[^]]*\])?==", path.read_text(), re.MULTILINE)) for path in files)
        or 1
    )


def show(title, seen, wanted, end=""):
    """Progress on one line of a terminal; in a file, only the end of each step."""
    if sys.stdout.isatty():
        print(f"\r{title:<32} {min(seen, wanted)}/{wanted} ", end=end, flush=True)
    elif end:
        print(f"{title:<32} {wanted}/{wanted}", flush=True)


def stop(message):
    """Leave with a message for a person."""
    sys.exit(message)


if __name__ == "__main__":
    main(sys.argv[1])
