"""Make sure that the browser tests have a Chromium: the system's, or Debian's package when run as root."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """Path of an installed Chromium."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def main() -> None:
    """Install if missing and possible; a browser test is never silently skipped."""
    if find():
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installation de Chromium pour les tests de pages…", flush=True)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for arguments in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
            done = subprocess.run(["apt-get", "-qq", *arguments], env=quiet, capture_output=True, text=True)
            if done.returncode:
                sys.exit(f"L'installation de Chromium a échoué.\n{done.stdout}{done.stderr}")
    if not find():
        sys.exit(
            "Les tests de pages demandent Chromium, qui n'est pas installé.\n"
            "Sur Debian ou Ubuntu : sudo apt install chromium. Puis relancez make test."
        )


if __name__ == "__main__":
    main()
