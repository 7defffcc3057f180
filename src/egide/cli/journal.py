"""``egide journal``: verify an export of the journal with the public key alone."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from egide.cli._progress import progress
from egide.cli._table import table

if TYPE_CHECKING:
    from egide.journal import Report, Verifier


@click.group(name="journal", short_help="Vérifie le journal des échanges.")
def command() -> None:
    """Le journal des échanges : qui, quand, quelle décision, types et nombres. Jamais une valeur."""


@command.command(short_help="Vérifie un export, avec la clé publique seulement.")
@click.argument("export", metavar="FICHIER", type=click.File("rb"))
@click.option(
    "--public-key",
    "keys",
    required=True,
    multiple=True,
    metavar="CLÉ",
    help="Clé publique (64 chiffres hexadécimaux) ou fichier qui la contient. Répétable : anciennes clés.",
)
@click.option("--json", "as_json", is_flag=True, help="Écrit le résultat en JSON.")
def verify(export: IO[bytes], keys: tuple[str, ...], as_json: bool) -> None:
    """Vérifie un export du journal (format jsonl) : ordre, contenu, signatures, fin du fichier.

    N'a besoin que du fichier et de la clé publique. Code de sortie 1 si le journal a été modifié.
    """
    from egide.journal import verify as verified

    with progress(export) as followed:
        report = verified(followed, [_key(key) for key in keys])
    click.echo(_as_json(report) if as_json else _as_text(report))


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
