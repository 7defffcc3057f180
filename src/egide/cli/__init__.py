"""The command line: one file per command, found by its name, imported only when it is called.

A module ``egide.cli.<name>`` without a leading underscore holds one click command in its attribute
``command``. Heavy parts (Django, the gateway) are imported inside the functions that need them, so that
``egide --help`` and ``egide detect`` start at once.
"""

from __future__ import annotations

import os
import pkgutil
import sys
from importlib import import_module

import click

from egide.cli._errors import report

# The matrices of the name model are small: a second thread for one of them costs more than it gives, and
# takes the processor from other exchanges. Read by numpy when it is first imported, later than this.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


class Commands(click.Group):
    """The group whose commands are the modules of this package."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"{__name__}.{cmd_name}").command
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="egide", message="%(package)s %(version)s")
def egide() -> None:
    """Égide : utiliser l'IA générative sans laisser partir les données de l'entreprise.

    Codes de sortie : 0 fait, 1 refusé ou problème trouvé, 2 mauvais emploi de la commande.
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code; an expected error is one line of French."""
    try:
        code = egide.main(arguments, prog_name="egide", standalone_mode=False)
    except Exception as problem:
        code = report(problem)
    sys.exit(code or 0)
