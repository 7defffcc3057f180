"""``egide demo``: the whole product at once, with the example company and a real local model."""

from __future__ import annotations

import time
from pathlib import Path

import click

from egide.cli._server import extra
from egide.cli.serve import announce


@click.command(short_help="Démarre Égide avec l'entreprise d'exemple et un vrai modèle local.")
@click.option("--host", help="Adresse d'écoute (127.0.0.1 si absente).")
@click.option("--port", type=click.IntRange(0, 65535), help="Port d'écoute (8484 si absent).")
@click.option("--data-dir", type=click.Path(path_type=Path), help="Dossier de toutes les données.")
def command(host: str | None, port: int | None, data_dir: Path | None) -> None:
    """Démarre Égide avec l'entreprise d'exemple et un vrai modèle local.

    Le modèle livré est minuscule : il montre le parcours complet, sans compte ni facture, pas la qualité
    d'un vrai fournisseur. Rien ne sort de cette machine.
    """
    start = time.monotonic()
    from egide.settings import load

    with extra("serveur", "server"):
        from egide.server.demonstration import prepare
        from egide.server.first_link import first_link
        from egide.server.local_model import LocalModel
        from egide.server.run import claim, serve

    with claim(load(host=host, port=port, data_dir=data_dir)) as (settings, listener):
        click.echo("Démarrage du modèle local (il répond une seconde ou deux après la page)…", err=True)
        model = LocalModel.start()
        try:
            click.echo("Préparation de l'entreprise d'exemple…", err=True)
            prepare(settings, model)
            link = first_link(settings)
            serve(settings, listener, 1, lambda: announce(settings, start, link))
        finally:
            model.stop()
