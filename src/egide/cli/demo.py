"""``egide demo``: the whole product at once, with the example company and a real local model."""

from __future__ import annotations

import time
from pathlib import Path
from threading import Thread
from typing import Final

import click

from egide.cli._server import extra
from egide.cli.serve import announce

_LONGEST_WAIT: Final = 30.0  # seconds


@click.command(short_help="Démarre Égide avec l'entreprise d'exemple et un vrai modèle local.")
@click.option("--host", help="Adresse d'écoute (127.0.0.1 si absente).")
@click.option("--port", type=click.IntRange(0, 65535), help="Port d'écoute (8484 si absent).")
@click.option("--data-dir", type=click.Path(path_type=Path), help="Dossier de toutes les données.")
@click.option("--remove", is_flag=True, help="Retire l'entreprise d'exemple de ce dossier, puis s'arrête.")
def command(host: str | None, port: int | None, data_dir: Path | None, *, remove: bool) -> None:
    """Démarre Égide avec l'entreprise d'exemple et un vrai modèle local.

    Le modèle livré est minuscule : il montre le parcours complet, sans compte ni facture, pas la qualité
    d'un vrai fournisseur. Rien ne sort de cette machine.
    """
    start = time.monotonic()
    from egide.settings import load

    with extra("serveur", "server"):
        from egide.server.demonstration import clear, prepare
        from egide.server.first_link import first_link
        from egide.server.local_model import LocalModel
        from egide.server.locks import only_server
        from egide.server.run import claim, serve

    if remove:
        settings = load(data_dir=data_dir)
        settings.prepare()
        with only_server(settings.data_dir):
            kept = clear(settings)
        if kept is None:
            click.echo("Ce dossier n'a pas d'entreprise d'exemple : rien n'a été changé.")
            return
        click.echo("L'entreprise d'exemple est retirée.")
        if kept:
            click.echo(f"Gardé, parce que de vraies personnes y ont touché : {', '.join(kept)}.")
        return
    with claim(load(host=host, port=port, data_dir=data_dir)) as (settings, listener):
        click.echo("Démarrage du modèle local…", err=True)
        model = LocalModel.start()
        try:
            click.echo("Préparation de l'entreprise d'exemple…", err=True)
            prepare(settings, model)
            link = first_link(settings)

            def tell() -> None:
                # Whoever opens the page and sends at once must find a model that answers.
                if not model.wait(_LONGEST_WAIT):
                    click.echo(
                        "Le modèle local charge encore : s'il répond par une erreur, réessayez.", err=True
                    )
                announce(settings, start, link)

            serve(settings, listener, 1, Thread(target=tell, daemon=True).start)
        finally:
            model.stop()
