"""``egide restore``: a text, such as the answer of a model, with the values of a vault back in place."""

from __future__ import annotations

import json
from pathlib import Path

import click

from egide.cli._input import documents, whole
from egide.cli._vault import Vault


@click.command(short_help="Remet en place les valeurs masquées par « egide mask ».")
@click.argument("source", metavar="[FICHIER|-]", default="-")
@click.option("--vault", required=True, type=click.Path(path_type=Path), help="Fichier du coffre chiffré.")
@click.option("--format", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
def command(source: str, vault: Path, form: str) -> None:
    """Remet en place les valeurs masquées par « egide mask ».

    Les repères abîmés par un modèle (casse, crochets perdus, espaces) sont reconnus. Ce qui n'a pas été
    masqué avec ce coffre n'est jamais rempli.
    """
    if not vault.is_file():
        from egide.errors import PseudonymisationError

        raise PseudonymisationError("EG-2002")
    kept = Vault(vault)

    def restored(text: str, document: object = "") -> str:
        session = kept.session(document)
        session.recall([text])
        return session.restore(text)

    if form == "text":
        click.echo(restored(whole(source)), nl=False)
        return
    for identifier, text in documents(source):
        click.echo(json.dumps({"id": identifier, "text": restored(text, identifier)}, ensure_ascii=False))
