"""``egide mcp``: detect, mask and restore, offered to agents by the Model Context Protocol."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command(short_help="Offre détecter, masquer et rétablir aux agents (protocole MCP).")
@click.option("--vault", required=True, type=click.Path(path_type=Path), help="Fichier du coffre chiffré.")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Dossier dont l'agent peut faire masquer les fichiers texte sans les lire.",
)
@click.option("--no-restore", is_flag=True, help="N'offre pas de rétablir : les valeurs ne reviennent pas.")
def command(vault: Path, folder: Path | None, no_restore: bool) -> None:
    """Offre détecter, masquer et rétablir aux agents (protocole MCP, entrée et sortie standard).

    C'est l'agent qui lance cette commande (voir docs/brancher-un-outil.md). Le coffre est celui de « egide
    mask » et « egide restore ». Rien de ce qui est lu ou écrit n'est gardé ailleurs ni noté.
    """
    from importlib.metadata import version

    from egide.cli._mcp_protocol import Server
    from egide.cli._mcp_tools import INSTRUCTIONS, Tools

    tools = Tools(vault, folder, may_restore=not no_restore).all()
    Server(tools, version("egide"), INSTRUCTIONS).serve(sys.stdin.buffer, sys.stdout.buffer)
