"""``egide user``: the people who may log in."""

from __future__ import annotations

import json

import click

from egide.cli._server import installation
from egide.cli._table import table

ROLES = ["collaborator", "pilot", "admin"]


@click.group(short_help="Ajoute et liste les personnes.")
def command() -> None:
    """Ajoute et liste les personnes."""


@command.command(short_help="Ajoute une personne et écrit son lien à usage unique.")
@click.option("--email", required=True, help="Adresse électronique de la personne.")
@click.option("--role", type=click.Choice(ROLES), default="collaborator", show_default=True, help="Son rôle.")
@click.option("--name", default="", help="Le nom que les pages affichent.")
@click.option("--json", "as_json", is_flag=True, help="Écrit le résultat en JSON.")
def add(email: str, role: str, name: str, as_json: bool) -> None:
    """Ajoute une personne et écrit le lien à usage unique qui lui permet de choisir son mot de passe."""
    with installation() as settings:
        from egide.workspace.accounts.services import add_user

        link = add_user(email, role, settings.base_url, name)
    click.echo(json.dumps({"link": link}) if as_json else link)


@command.command(short_help="Écrit un nouveau lien à usage unique, par exemple après un mot de passe oublié.")
@click.option("--email", required=True, help="Adresse électronique de la personne.")
@click.option("--json", "as_json", is_flag=True, help="Écrit le résultat en JSON.")
def link(email: str, as_json: bool) -> None:
    """Écrit un nouveau lien à usage unique : la personne choisit un autre mot de passe."""
    with installation() as settings:
        from egide.workspace.accounts.services import find, new_link

        made = new_link(find(email), settings.base_url)
    click.echo(json.dumps({"link": made}) if as_json else made)


@command.command("list", short_help="Liste les personnes.")
@click.option("--json", "as_json", is_flag=True, help="Écrit la liste en JSON.")
def list_(as_json: bool) -> None:
    """Liste les personnes : adresse, rôle, état."""
    with installation():
        from egide.workspace.accounts.models import User

        rows = [
            {"email": u.email, "name": u.name, "role": u.role, "active": u.is_active}
            for u in User.objects.all()
        ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
    else:
        cells = [(r["email"], r["name"], r["role"], "oui" if r["active"] else "non") for r in rows]
        click.echo(table(("Adresse", "Nom", "Rôle", "Active"), [tuple(map(str, c)) for c in cells]))
