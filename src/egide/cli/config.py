"""``egide config show``: every setting, its value in force, and what it is for. Secrets are never shown."""

from __future__ import annotations

import json

import click

from egide.cli._table import table

HIDDEN = "(défini, non affiché)"


@click.group(short_help="Montre les réglages en vigueur.")
def command() -> None:
    """Montre les réglages en vigueur."""


@command.command(short_help="Écrit chaque réglage, sa valeur et son rôle.")
@click.option("--json", "as_json", is_flag=True, help="Écrit les réglages en JSON.")
def show(as_json: bool) -> None:
    """Écrit chaque réglage, sa valeur et son rôle.

    Un réglage se donne par une variable d'environnement EGIDE_… (ou EGIDE_…_FILE pour le lire dans un
    fichier) ou par le fichier egide.toml du dossier de données. Les secrets ne sont jamais affichés.
    """
    from pydantic import SecretStr

    from egide.settings import PREFIX, Settings, load

    settings = load()
    values = {
        name: HIDDEN if isinstance(value, SecretStr) else value
        for name, value in settings
        if value is not None
    }
    if as_json:
        click.echo(
            json.dumps({name: values.get(name) for name in Settings.model_fields}, default=str, indent=2)
        )
        return
    rows = [
        (PREFIX + name.upper(), str(values.get(name, "—")), field.description or "")
        for name, field in Settings.model_fields.items()
    ]
    click.echo(table(("Réglage", "Valeur", "Rôle"), rows))
