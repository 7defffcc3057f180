"""``egide provider``: the AI services that exchanges may be sent to."""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from egide.cli._server import installation
from egide.cli._table import table

if TYPE_CHECKING:
    from egide.workspace.providers.models import Provider


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
@click.option(
    "--key-header",
    type=click.Choice(["bearer", "x-api-key", "api-key"]),
    help="L'en-tête qui porte la clé (Azure : api-key). Celui du dialecte si absent.",
)
@click.option("--deployments", is_flag=True, help="Nomme le modèle dans l'adresse, comme le veut Azure.")
@click.option("--api-version", default="", help="La version de l'API, ajoutée à l'adresse (Azure).")
@click.option("--connect-seconds", type=click.IntRange(1, 3600), help="Le délai de connexion.")
@click.option("--read-seconds", type=click.IntRange(1, 3600), help="Le silence toléré.")
@click.option("--proxy", default="", help="Le proxy HTTP qui y mène, sans identifiant.")
@click.option("--proxy-login-env", help="La variable qui contient l'identifiant du proxy (nom:mot de passe).")
@click.option(
    "--ca-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Le fichier PEM de l'autorité privée qui se porte garante de lui.",
)
@click.option("--json", "as_json", is_flag=True, help="Écrit le résultat en JSON.")
def add(
    name: str,
    kind: str,
    base_url: str,
    trust: str,
    api_key_env: str | None,
    models: tuple[str, ...],
    key_header: Literal["bearer", "x-api-key", "api-key"] | None,
    deployments: bool,
    api_version: str,
    connect_seconds: int | None,
    read_seconds: int | None,
    proxy: str,
    proxy_login_env: str | None,
    ca_file: Path | None,
    as_json: bool,
) -> None:
    """Ajoute un fournisseur.

    Sa clé et l'identifiant du proxy sont lus dans une variable d'environnement, jamais sur la ligne de
    commande.
    """
    api_key = _secret(api_key_env)
    from egide.policy import Network

    network = Network(
        auth=key_header or "",
        deployments=deployments,
        api_version=api_version,
        connect_seconds=connect_seconds,
        read_seconds=read_seconds,
        proxy=proxy,
        proxy_login=_secret(proxy_login_env),
        authority=ca_file.read_text(encoding="utf-8", errors="replace") if ca_file else "",
    )
    with installation():
        from egide.workspace.providers.services import add_provider

        provider = add_provider(name, kind, base_url, trust, api_key, models, network=network)
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


@command.command(short_help="Désigne le modèle qui en remplace un autre.")
@click.option("--model", "asked", required=True, metavar="FOURNISSEUR/MODÈLE", help="Celui qui est demandé.")
@click.option("--by", required=True, metavar="FOURNISSEUR/MODÈLE", help="Celui qui répond à sa place.")
@click.option("--less-trusted", is_flag=True, help="Accepte que le second soit moins digne de confiance.")
def replace(asked: str, by: str, less_trusted: bool) -> None:
    """Désigne le modèle qui en remplace un autre quand son fournisseur ne répond pas.

    Les deux modèles sont déclarés chez deux fournisseurs du même type. La politique est décidée de nouveau
    pour le second.
    """
    with installation():
        from egide.workspace.providers import replacements

        replacements.add(*_named(asked), *_named(by), less_trusted=less_trusted)
    click.echo(f"Quand « {asked} » ne répond pas, « {by} » sera demandé.")


@command.command(short_help="Demande à un fournisseur la liste de ses modèles.")
@click.argument("identifier", metavar="IDENTIFIANT")
@click.option("--json", "as_json", is_flag=True, help="Écrit les modèles en JSON.")
def test(identifier: str, as_json: bool) -> None:
    """Demande à un fournisseur la liste de ses modèles : son adresse, son type et sa clé sont bons.

    S'il n'a pas de liste, un mot est demandé au premier modèle déclaré. Aucun texte de l'entreprise n'est
    envoyé.
    """
    with installation():
        from egide.workspace.providers.probe import examine
        from egide.workspace.providers.services import as_seen

        seen = as_seen(_found(identifier))
    found = asyncio.run(examine(seen))
    models = found.models or ((found.answered,) if found.answered else seen.models)
    click.echo(json.dumps(models) if as_json else "\n".join(models))


def _found(identifier: str) -> Provider:
    """The provider with this identifier. Raises WorkspaceError EG-6090."""
    from egide.errors import WorkspaceError
    from egide.workspace.providers.models import Provider

    provider = Provider.objects.filter(slug=identifier).first()
    if provider is None:
        raise WorkspaceError("EG-6090")
    return provider


def _named(text: str) -> tuple[Provider, str]:
    """The provider and the model of ``provider/model``."""
    identifier, _, model = text.partition("/")
    return _found(identifier), model


def _secret(variable: str | None) -> str | None:
    """The secret in this environment variable. Raises WorkspaceError EG-6005 when it is empty or absent."""
    if variable is None:
        return None
    secret = os.environ.get(variable, "").strip()
    if not secret:
        from egide.errors import WorkspaceError

        raise WorkspaceError("EG-6005", variable=variable)
    return secret
