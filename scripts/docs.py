"""Write the tables of ``docs/`` that come from the code, so that they cannot drift from it.

python scripts/docs.py           # write them
python scripts/docs.py --check   # exit 1 if one of them is not what the code says
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

import click

from egide.cli import egide
from egide.detection import DATA_CLASSES, LABELS
from egide.detection.recogniser import discover
from egide.errors import catalogue
from egide.gateway.coverage import addresses, rows
from egide.gateway.headers import HEADERS
from egide.reference.professions import professions, reaches

DOCS = Path(__file__).resolve().parent.parent / "docs"
MADE = "<!-- Table tirée du code par « make docs » : ne pas modifier à la main. -->\n\n"

# Why a justification opens nothing.
REFUSED_CODES = [f"EG-302{number}" for number in range(3, 10)]

# What no general rule can know: the company declares it.
KNOWN = {
    "COMPANY_TERM": "termes et listes de l'entreprise",
    "CONFIDENTIAL_COPY": "documents confidentiels déclarés",
}


def labels() -> str:
    """Every label, its data class, and the recognisers that find it with their sources."""
    by_label = defaultdict(list)
    for recogniser in discover():
        for label in recogniser.labels:
            by_label[label].append(recogniser)
    lines = [
        "# Ce qui est reconnu\n",
        MADE,
        "| Étiquette | Ce que c'est | Classe | Règles |",
        "|---|---|---|---|",
    ]
    for label in LABELS.values():
        found = ", ".join(f"`{r.id}`" for r in by_label[label.name]) or KNOWN[label.name]
        lines.append(f"| `{label.name}` | {label.french} | {DATA_CLASSES[label.data_class]} | {found} |")
    lines += ["\n## Les règles et leurs sources\n", "| Règle | Source |", "|---|---|"]
    lines += [f"| `{r.id}` | {r.source.replace('|', '/')} |" for r in sorted(discover(), key=lambda r: r.id)]
    return "\n".join(lines) + "\n"


def commands() -> str:
    """The help of every command, as the terminal shows it."""
    parts = [
        "# Commandes\n",
        MADE + "Codes de sortie : 0 fait, 1 refusé ou problème trouvé, 2 mauvais emploi.\n",
    ]

    def walk(command: click.Command, path: list[str], parent: click.Context | None) -> None:
        context = click.Context(command, info_name=path[-1], parent=parent, terminal_width=100)
        if isinstance(command, click.Group):
            for name in command.list_commands(context):
                child = command.get_command(context, name)
                assert child is not None, name
                walk(child, [*path, name], context)
        else:
            parts.append(f"## `{' '.join(path)}`\n\n```text\n{command.get_help(context)}\n```\n")

    walk(egide, ["egide"], None)
    return "\n".join(parts)


def fields() -> str:
    """Every address, then endpoint by field by direction, from the tables that the gateway walks with."""
    lines = [
        "# Adresses et champs de la passerelle\n",
        MADE + "Ce que ces adresses permettent, et pourquoi certaines sont fermées : [guide](adresses.md).\n",
        "## Adresses\n",
        "Une adresse refusée l'est avec tout ce qui la suit ; une adresse absente d'ici aussi (EG-4013).\n",
        "| Méthode | Adresse | Protocole | Ce qui s'y passe |",
        "|---|---|---|---|",
    ]
    lines += [f"| {a.method} | `{a.path}` | {a.protocol} | {a.says} |" for a in addresses()]
    lines += [
        "\n## En-têtes\n",
        "Propres à Égide ; aucun n'est transmis au fournisseur.\n",
        "| En-tête | Sens | Ce qu'il dit |",
        "|---|---|---|",
    ]
    lines += [f"| `{h.name}` | {h.direction} | {h.says} |" for h in HEADERS]
    lines += [
        "\n## Justification\n",
        "Un envoi refusé par EG-3020 ou EG-3021 peut partir une fois, masqué : ouvrir l'adresse donnée,",
        "écrire la raison, attendre s'il le faut l'accord d'un pilote, puis renvoyer la même demande avec le",
        "code affiché. Rien n'y doit changer : ni texte, ni modèle, ni réglage. Voir le",
        "[guide](politique.md#donner-une-raison-demander-un-accord).\n",
        "```sh",
        'curl $EGIDE_URL/v1/chat/completions -H "Authorization: Bearer $EGIDE_KEY" \\',
        '  -H "x-egide-justification: ABCDE-FGHIJ-KLMNO-PQRST" \\',
        '  -H "Content-Type: application/json" -d @demande.json',
        "```\n",
        "| Code | Pourquoi le code n'ouvre pas |",
        "|---|---|",
    ]
    lines += [f"| {code} | {catalogue()[code].title} |" for code in REFUSED_CODES]
    lines += [
        "\n## Champs\n",
        "| Adresse | Champ | Sens | Traitement |",
        "|---|---|---|---|",
    ]
    lines += [f"| `{r.endpoint}` | `{r.field}` | {r.direction} | {r.treatment} |" for r in rows()]
    return "\n".join(lines) + "\n"


def trades() -> str:
    """What each profession keeps secret, and what of it is recognised."""
    meta = professions().meta
    lines = [
        "# Métiers\n",
        MADE + f"{meta.not_legal_advice} Sources lues jusqu'au {meta.sources_read_up_to}.\n",
        "## Ce que les professions tiennent secret, et ce qu'Égide en reconnaît\n",
        "« Au moins », par confiance envers le service ; ce qui n'est pas nommé suit la politique.\n",
        "| Donnée | Étiquettes | Au moins | Pourquoi | Ce qui échappe |",
        "|---|---|---|---|---|",
    ]
    french = {"public": "public", "contract": "contrat", "european": "européen", "local": "local"}
    words = {"block": "bloqué", "mask": "masqué"}
    for one in professions().blocked_classes:
        reach = reaches()[one.id]
        names = ", ".join(f"`{label}`" for label in reach.labels) or "**non reconnu**"
        least = ", ".join(f"{french[trust]} : {words[action]}" for trust, action in reach.actions.items())
        lines.append(f"| {one.label} | {names} | {least or '—'} | {reach.why} | {reach.missing or '—'} |")
    classes = {one.id: one.label for one in professions().blocked_classes}
    lines += ["\n## Les métiers\n", "| Métier | Ce qu'il tient secret | Source lue |", "|---|---|---|"]
    for profession in professions().professions:
        kept = " ; ".join(classes[name] for name in profession.extra_blocked_classes)
        lines.append(f"| {profession.label} | {kept} | {'oui' if profession.verified else 'à vérifier'} |")
    return "\n".join(lines) + "\n"


PAGES = {"etiquettes.md": labels, "commandes.md": commands, "metiers.md": trades, "passerelle.md": fields}


def main() -> int:
    """Write or check every page."""
    stale = []
    for name, make in PAGES.items():
        path, text = DOCS / name, make()
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
    if stale:
        print(f"Tables périmées : {', '.join(stale)}. Lancez « make docs ».", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    raise SystemExit(main())
