"""``egide detect``: what would be hidden in a text, and why. Needs no server and no data folder."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from egide.cli._input import documents, whole
from egide.cli._table import table

if TYPE_CHECKING:
    from egide.detection import Finding


@click.command(short_help="Montre ce qui serait masqué dans un texte, et pourquoi.")
@click.argument("source", metavar="[FICHIER|-]", default="-")
@click.option("--format", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Écrit les trouvailles en JSON (format text).")
def command(source: str, form: str, as_json: bool) -> None:
    """Montre ce qui serait masqué dans un texte, et pourquoi.

    Avec --format jsonl, chaque ligne lue est un objet {"id", "text"} et chaque ligne écrite un objet
    {"id", "spans"}. Un fichier .gz est lu aussi. Les positions sont des caractères du texte donné.
    """
    from egide.detection import Detector

    detector = Detector()
    if form == "jsonl":
        for identifier, text in documents(source):
            found = [_span(text, finding) for finding in detector.detect(text)]
            click.echo(json.dumps({"id": identifier, "spans": found}, ensure_ascii=False))
        return
    text = whole(source)
    findings = detector.detect(text)
    if as_json:
        click.echo(json.dumps({"spans": [_span(text, finding) for finding in findings]}, ensure_ascii=False))
    else:
        click.echo(_readable(text, findings))


def _span(text: str, finding: Finding) -> dict[str, object]:
    """A finding in the form of the stable contract."""
    return {
        "start": finding.start,
        "end": finding.end,
        "label": finding.label,
        "class": finding.data_class,
        "score": round(finding.score, 3),
        "text": text[finding.start : finding.end],
        "recogniser": finding.recogniser,
        "reason": finding.reason,
    }


def _readable(text: str, findings: Sequence[Finding]) -> str:
    """A table with the line of each finding."""
    from egide.detection import LABELS

    if not findings:
        return "Rien de reconnu dans ce texte. Relisez-le tout de même avant de l'envoyer."
    rows = []
    line, position = 1, 0
    for finding in findings:
        line, position = line + text.count("\n", position, finding.start), finding.start
        value = text[finding.start : finding.end]
        rows.append((str(line), LABELS[finding.label].french, value, finding.reason))
    return table(("Ligne", "Type", "Valeur", "Raison"), rows)
