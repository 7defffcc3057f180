"""``egide sso``: the company's sign-in, and the way back in when its identity provider is down."""

from __future__ import annotations

import json

import click

from egide.cli._server import installation


@click.group(short_help="Montre, ferme ou contourne la connexion d'entreprise.")
def command() -> None:
    """Montre, ferme ou contourne la connexion d'entreprise. Elle se règle dans les pages."""


@command.command(short_help="Montre où en est la connexion d'entreprise.")
@click.option("--json", "as_json", is_flag=True, help="Écrit le résultat en JSON.")
def show(as_json: bool) -> None:
    """Montre si elle est ouverte, son émetteur, et si les mots de passe sont fermés. Jamais le secret."""
    with installation():
        from egide.workspace.sso.services import joined, setting

        one = setting()
        told = {
            "open": one.is_on,
            "issuer": one.issuer,
            "passwords_closed": one.passwords_closed,
            "joined": joined(one),
        }
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    click.echo(f"Connexion d'entreprise : {'ouverte' if told['open'] else 'fermée'}")
    click.echo(f"Émetteur : {told['issuer'] or 'non réglé'}")
    click.echo(f"Mots de passe : {'fermés, sauf administrateurs' if told['passwords_closed'] else 'ouverts'}")
    click.echo(f"Personnes liées : {told['joined']}")


@command.command("open-passwords", short_help="Rouvre la connexion par mot de passe, pour tous.")
def open_passwords() -> None:
    """Rouvre la connexion par mot de passe, pour tous : quand le service d'identité est en panne."""
    with installation():
        from egide.workspace.sso import services

        services.open_passwords()
    click.echo("La connexion par mot de passe est ouverte. Un mot de passe oublié : « egide user link ».")


@command.command(short_help="Ferme la connexion d'entreprise, et rouvre les mots de passe.")
def close() -> None:
    """Ferme la connexion d'entreprise, et rouvre les mots de passe. Ses réglages sont gardés."""
    with installation():
        from egide.workspace.sso import services

        services.close()
    click.echo("La connexion d'entreprise est fermée ; la connexion par mot de passe est ouverte.")
