"""``egide key``: the access keys of tools, one person each."""

from __future__ import annotations

import json

import click

from egide.cli._server import installation
from egide.cli._table import table


@click.group(short_help="Crée, liste et révoque les clés d'accès.")
def command() -> None:
    """Crée, liste et révoque les clés d'accès à la passerelle."""


@command.command(short_help="Crée une clé et l'écrit, cette seule fois.")
@click.option("--email", required=True, help="La personne au nom de qui seront les échanges.")
@click.option("--usage", help="L'usage déclaré (identifiant) ; celui par défaut si absent.")
@click.option("--name", default="", help="Le nom de l'outil, pour reconnaître la clé.")
@click.option(
    "--informed", is_flag=True, help="Atteste que la personne a été informée autrement (papier, courriel)."
)
@click.option("--json", "as_json", is_flag=True, help="Écrit le résultat en JSON.")
def create(email: str, usage: str | None, name: str, informed: bool, as_json: bool) -> None:
    """Crée une clé et l'écrit : elle n'est gardée nulle part et ne sera plus jamais montrée.

    La clé est refusée tant que la personne n'a pas lu ce qui est enregistré d'elle (à sa première
    connexion), ou que --informed n'atteste pas qu'elle l'a appris autrement.
    """
    with installation():
        from egide.workspace.accounts.services import find
        from egide.workspace.keys.services import create_key
        from egide.workspace.notice import services as notice

        key = create_key(email, usage, name)
        person = find(email)
        if informed:
            notice.attest(person, None)
        told = notice.reading(person) is not None
    click.echo(json.dumps({"key": key}) if as_json else key)
    if not told:
        click.echo(
            "Cette clé sera refusée (EG-6151) tant que la personne n'a pas lu ce qui est enregistré d'elle : "
            "cette page s'ouvre à sa première connexion.",
            err=True,
        )


@command.command("list", short_help="Liste les clés.")
@click.option("--json", "as_json", is_flag=True, help="Écrit la liste en JSON.")
def list_(as_json: bool) -> None:
    """Liste les clés : leur début seulement."""
    with installation():
        from egide.workspace.keys.models import AccessKey

        rows = [
            {
                "id": key.public_id,
                "beginning": key.beginning,
                "email": key.person.email,
                "usage": key.usage.slug,
                "name": key.name,
                "created_at": key.created_at.isoformat(),
                "revoked": key.revoked_at is not None,
            }
            for key in AccessKey.objects.select_related("person", "usage")
        ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    names = ("id", "beginning", "email", "usage", "name")
    cells = [(*(str(row[name]) for name in names), "oui" if row["revoked"] else "non") for row in rows]
    click.echo(table(("Identifiant", "Début", "Personne", "Usage", "Nom", "Révoquée"), cells))


@command.command(short_help="Révoque une clé : elle ne marche plus.")
@click.argument("identifier", metavar="IDENTIFIANT")
def revoke(identifier: str) -> None:
    """Révoque une clé, par son identifiant (« egide key list ») : elle ne marche plus."""
    with installation():
        from egide.errors import WorkspaceError
        from egide.workspace.keys.models import AccessKey
        from egide.workspace.keys.services import revoke as stop

        key = AccessKey.objects.filter(public_id=identifier).first()
        if key is None:
            raise WorkspaceError("EG-6091")
        stop(key)
    click.echo("Clé révoquée : elle ne marche plus.")
