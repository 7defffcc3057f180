"""``egide provider``: the AI services that exchanges may be sent to."""

from __future__ import annotations

import asyncio
import json
import os

import click

from egide.cli._server import installation
from egide.cli._table import table


@click.group(short_help="Ajoute, liste et essaie les fournisseurs d'IA.")
def command() -> None:
    """Ajoute, liste et essaie les fournisseurs d'IA."""


@command.command(short_help="Ajoute un fournisseur.")
@click.option("--name", required=True, help="Son nom, montré dans les pages.")
@click.option(
    "--kind", required=True, type=click.Choice(["openai", "anthropic"]), help="Le dialecte qu'il parle."
)
@click.option("--base-url", required=True, help="Son adresse (OpenAI : avec /v1 ; Anthropic : sans).")
@click.option("--trust", required=True, type=click.Choice(["public", "contract", "european", "local"]))
@click.option("--api-key-env", help="La variable d'environnement qui contient la clé du fournisseur.")
@click.option("--model", "models", multiple=True, help="Un modèle proposé ; répétable. Tous si absent.")
@click.option("--json", "as_json", is_flag=True, help="Écrit le résultat en JSON.")
def add(
    name: str,
    kind: str,
    base_url: str,
    trust: str,
    api_key_env: str | None,
    models: tuple[str, ...],
    as_json: bool,
) -> None:
    """Ajoute un fournisseur.

    Sa clé est lue dans une variable d'environnement, jamais sur la ligne de commande.
    """
    api_key = _api_key(api_key_env)
    with installation():
        from egide.workspace.providers.services import add_provider

        provider = add_provider(name, kind, base_url, trust, api_key, models)
    if as_json:
        click.echo(json.dumps({"id": provider.slug}))
    else:
        click.echo(f"Fournisseur ajouté. Ses modèles s'appellent « {provider.slug}/… » à la passerelle.")


@command.command("list", short_help="Liste les fournisseurs.")
@click.option("--json", "as_json", is_flag=True, help="Écrit la liste en JSON.")
def list_(as_json: bool) -> None:
    """Liste les fournisseurs. Leurs clés ne sont jamais montrées."""
    with installation():
        from egide.workspace.providers.models import Provider

        rows = [
            {
                "id": p.slug,
                "name": p.name,
                "kind": p.kind,
                "base_url": p.base_url,
                "trust": p.trust,
                "models": p.model_names,
                "key": p.sealed_key is not None,
                "active": p.active,
            }
            for p in Provider.objects.all()
        ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    names = ("id", "name", "kind", "base_url", "trust")
    cells = [(*(str(row[name]) for name in names), "oui" if row["active"] else "non") for row in rows]
    click.echo(table(("Identifiant", "Nom", "Type", "Adresse", "Confiance", "Actif"), cells))


@command.command(short_help="Demande à un fournisseur la liste de ses modèles.")
@click.argument("identifier", metavar="IDENTIFIANT")
@click.option("--json", "as_json", is_flag=True, help="Écrit les modèles en JSON.")
def test(identifier: str, as_json: bool) -> None:
    """Demande à un fournisseur la liste de ses modèles : son adresse, son type et sa clé sont bons.

    Aucun texte n'est envoyé.
    """
    with installation():
        from egide.errors import WorkspaceError
        from egide.workspace.providers.models import Provider
        from egide.workspace.providers.probe import list_models
        from egide.workspace.providers.services import key_of

        provider = Provider.objects.filter(slug=identifier).first()
        if provider is None:
            raise WorkspaceError("EG-6090")
        key = key_of(provider)
    models = asyncio.run(list_models(provider.name, provider.kind, provider.base_url, key))
    click.echo(json.dumps(models) if as_json else "\n".join(models))


def _api_key(variable: str | None) -> str | None:
    """The key in this environment variable. Raises WorkspaceError EG-6005 when it is empty or absent."""
    if variable is None:
        return None
    key = os.environ.get(variable, "").strip()
    if not key:
        from egide.errors import WorkspaceError

        raise WorkspaceError("EG-6005", variable=variable)
    return key
