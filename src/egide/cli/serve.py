"""``egide serve``: pages and gateway, in one process, on one port."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from egide.cli._server import extra

if TYPE_CHECKING:
    from egide.settings import Settings


@click.command(short_help="Démarre Égide : les pages et la passerelle, sur un seul port.")
@click.option("--host", help="Adresse d'écoute (127.0.0.1 si absente).")
@click.option("--port", type=click.IntRange(0, 65535), help="Port d'écoute (8484 si absent).")
@click.option("--data-dir", type=click.Path(path_type=Path), help="Dossier de toutes les données.")
@click.option(
    "--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Nombre de processus."
)
def command(host: str | None, port: int | None, data_dir: Path | None, workers: int) -> None:
    """Démarre Égide : les pages et la passerelle, sur un seul port.

    S'arrête proprement avec Ctrl-C ou SIGTERM : les réponses en cours sont menées à leur fin.
    """
    start = time.monotonic()
    from egide.settings import load

    with extra("serveur", "server"):
        from egide.server.databases import bring_up_to_date
        from egide.server.first_link import first_link
        from egide.server.run import claim, serve

    with claim(load(host=host, port=port, data_dir=data_dir)) as (settings, listener):
        bring_up_to_date(settings)
        link = first_link(settings)
        serve(settings, listener, workers, lambda: announce(settings, start, link))


def announce(settings: Settings, start: float, link: str | None) -> None:
    """Say where the pages are, once they answer."""
    click.echo(f"Égide est prêt en {time.monotonic() - start:.1f} s : {settings.base_url}", err=True)
    if link:
        click.echo(f"Première connexion (lien à usage unique) : {link}", err=True)
    click.echo("Ctrl-C pour arrêter.", err=True)
