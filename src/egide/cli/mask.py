"""``egide mask``: a text with placeholders in place of what should not leave, and a vault to undo it."""

from __future__ import annotations

import json
from pathlib import Path

import click

from egide.cli._input import documents, whole
from egide.cli._vault import Vault


@click.command(short_help="Masque un texte ; le coffre permet de le rétablir.")
@click.argument("source", metavar="[FICHIER|-]", default="-")
@click.option("--vault", required=True, type=click.Path(path_type=Path), help="Fichier du coffre chiffré.")
@click.option("--format", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
def command(source: str, vault: Path, form: str) -> None:
    """Masque un texte ; le coffre permet de le rétablir avec « egide restore ».

    Avec --format jsonl, chaque ligne lue est un objet {"id", "text"}, et chaque ligne écrite le même objet
    masqué. Le coffre est chiffré avec la clé maîtresse du dossier de données : gardez les deux.
    """
    from egide.detection import Detector

    detector, kept = Detector(), Vault(vault)

    def masked(text: str, document: object = "") -> str:
        session = kept.session(document)
        done = session.mask(text, detector.detect(text))
        kept.keep(session)
        return done

    if form == "text":
        click.echo(masked(whole(source)), nl=False)
        return
    for identifier, text in documents(source):
        click.echo(json.dumps({"id": identifier, "text": masked(text, identifier)}, ensure_ascii=False))
