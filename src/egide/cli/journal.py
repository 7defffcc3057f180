"""``egide journal``: export the journal, and verify an export with the public key alone."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from egide.cli._progress import progress
from egide.cli._server import installation
from egide.cli._table import table

if TYPE_CHECKING:
    from egide.journal import Report, Verifier


@click.group(name="journal", short_help="Exporte et vérifie le journal des échanges.")
def command() -> None:
    """Le journal des échanges : qui, quand, quelle décision, types et nombres. Jamais une valeur."""


@command.command(short_help="Vérifie un export, avec la clé publique seulement.")
@click.argument("export", metavar="FICHIER", type=click.File("rb"))
@click.option(
    "--public-key",
    "keys",
    multiple=True,
    metavar="CLÉ",
    help="Clé publique (64 chiffres hexadécimaux) ou fichier qui la contient. Répétable : anciennes clés. "
    "Absente : celle de cette installation.",
)
@click.option("--json", "as_json", is_flag=True, help="Écrit le résultat en JSON.")
def verify(export: IO[bytes], keys: tuple[str, ...], as_json: bool) -> None:
    """Vérifie un export du journal (format jsonl) : ordre, contenu, signatures, fin du fichier.

    N'a besoin que du fichier et de la clé publique (« egide journal public-key »).
    Code de sortie 1 si le journal a été modifié.
    """
    from egide.journal import verify as verified

    with progress(export) as followed:
        report = verified(followed, [_key(key) for key in keys] or [_own_key()])
    click.echo(_as_json(report) if as_json else _as_text(report))


@command.command(short_help="Écrit tout le journal.")
@click.option("--format", "form", type=click.Choice(["jsonl", "csv"]), default="jsonl", show_default=True)
@click.option(
    "--out", type=click.File("w", encoding="utf-8", lazy=False), default="-", help="Fichier à écrire."
)
def export(form: str, out: IO[str]) -> None:
    """Écrit tout le journal : jsonl, chaîné et scellé, à vérifier ; csv, pour un tableur français."""
    with installation():
        from egide.workspace.journalling.services import export as lines

        for line in lines(form == "csv"):
            out.write(line)


@command.command("public-key", short_help="Écrit la clé publique du journal.")
def public_key() -> None:
    """Écrit la clé publique du journal, à remettre à qui doit vérifier un export."""
    click.echo(_own_key().public_key)


def _own_key() -> Verifier:
    """The public key of this installation, from its master key."""
    from egide.journal import Signer
    from egide.pseudonymisation import Keyring
    from egide.settings import load

    return Signer(Keyring(load().master_key()).derive("journal signing")).verifier


def _key(given: str) -> Verifier:
    from egide.errors import JournalError
    from egide.journal import Verifier

    try:
        text = Path(given).read_text(encoding="ascii") if Path(given).is_file() else given
    except (OSError, ValueError):
        raise JournalError("EG-5004") from None
    return Verifier(text.strip().lower())


def _as_json(report: Report) -> str:
    chains = [{**asdict(chain), "uncovered": chain.uncovered} for chain in report.chains]
    told = {"valid": True, "records": report.records, "sealed_at": report.sealed_at, "chains": chains}
    return json.dumps(told)


def _as_text(report: Report) -> str:
    head = ("Écrivain", "Enregistrements", "Dernier point de contrôle", "Non couverts", "Échanges sans fin")
    rows = [
        (c.writer, str(c.records), str(c.checkpoint or "aucun"), str(c.uncovered), str(c.unfinished))
        for c in report.chains
    ]
    said = [f"Journal intact : {report.records} enregistrement(s), export scellé le {report.sealed_at}."]
    uncovered = sum(chain.uncovered for chain in report.chains)
    if uncovered:
        said.append(
            f"{uncovered} enregistrement(s) non couvert(s) par un point de contrôle : "
            "seul le sceau de l'export les atteste."
        )
    return "\n".join([table(head, rows), "", *said])
