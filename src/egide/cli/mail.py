"""``egide mail``: the mail server that was set in the pages, tried and emptied from the command line."""

from __future__ import annotations

import json

import click

from egide.cli._server import installation
from egide.cli._table import table

NAMES = {
    "waiting": "En attente",
    "sent": "Envoyés en 30 jours",
    "failed": "Non envoyés en 30 jours",
    "uncertain": "Incertains en 30 jours",
    "dropped": "Sans objet en 30 jours",
}


@click.group(short_help="Essaie le courriel, dit où il en est, envoie ce qui attend.")
def command() -> None:
    """Essaie le courriel, dit où il en est, envoie ce qui attend. Le serveur se règle page « Courriel »."""


@command.command(short_help="Envoie un essai à une personne d'Égide.")
@click.option("--email", required=True, help="Adresse électronique de la personne.")
def test(email: str) -> None:
    """Envoie un essai à une personne d'Égide, et dit ce qui ne va pas."""
    with installation():
        from django.utils import timezone

        from egide.workspace.accounts.services import find
        from egide.workspace.mail import trial

        trial.send(find(email), timezone.now())
    click.echo("Essai parti.")


@command.command(short_help="Dit combien de courriels sont en attente, partis ou non.")
@click.option("--json", "as_json", is_flag=True, help="Écrit le résultat en JSON.")
def status(as_json: bool) -> None:
    """Dit combien de courriels sont en attente, partis ou non ; ni personne ni adresse."""
    with installation():
        from django.utils import timezone

        from egide.workspace.mail import outbox, relay, troubles

        server, counts = relay.current(), outbox.counts(timezone.now())
        trouble = server.trouble if server else ""
        why = troubles.reason(trouble, server.reply) if server and trouble else ""
    if as_json:
        click.echo(json.dumps({"set": server is not None, "trouble": trouble, **counts}))
        return
    click.echo(
        "Aucun serveur de courriel n'est réglé." if server is None else "Un serveur de courriel est réglé."
    )
    if why:
        click.echo(f"Rien ne part en ce moment : {why}.")
    click.echo(table(("Courriels", "Nombre"), [(NAMES[name], str(count)) for name, count in counts.items()]))


@command.command(short_help="Envoie maintenant ce qui attend.")
@click.option("--json", "as_json", is_flag=True, help="Écrit le résultat en JSON.")
def send(as_json: bool) -> None:
    """Envoie maintenant ce qui attend, comme le fait le serveur ; rien n'est envoyé deux fois."""
    with installation():
        from django.utils import timezone

        from egide.workspace.mail import outbox, relay

        relay.needed()
        sent = outbox.work()
        left = outbox.counts(timezone.now())["waiting"]
    told = {"sent": sent, "waiting": left}
    click.echo(json.dumps(told) if as_json else f"Partis : {sent}. En attente : {left}.")
