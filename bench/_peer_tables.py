"""The results of ``bench/peers.py`` in Markdown and in French, on the screen as in ``docs/mesures.md``."""

from __future__ import annotations

from datetime import date
from typing import Any

Results = dict[str, Any]
TITLES = {
    "apart": "les jeux gardés à part",
    "business_fr_dev": "demandes d'entreprise (vues)",
    "handwritten_fr_dev": "textes manuscrits (vus)",
    "prompts": "demandes",
    "prompts_2": "demandes, second jeu",
    "signatures": "signatures",
    "court": "décisions de justice",
    "press": "presse",
    "quiet": "textes sans rien à cacher",
    "quiet_2": "textes sans rien à cacher, second jeu",
    "wikineural_fr_val": "Wikipédia (WikiNEuRal)",
    "hipe2020_fr_20c": "presse du XXe siècle (HIPE 2020)",
}
COLUMNS = (
    "Valeurs cachées",
    "Fuite (caractères)",
    "Documents où rien ne part",
    "Texte ordinaire masqué",
    "Textes vides touchés",
    "Personnes cachées",
    "Personnes, F1 exact",
    "Organisations, F1 exact",
    "2 000 caractères",
    "Rapport à Presidio",
)
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
KINDS = {"PERSON": "personnes", "ORGANISATION": "organisations", "LOCATION": "lieux"}


def percent(value: float | None) -> str:
    """A rate as people read it; nothing where it has no meaning."""
    return "" if value is None else f"{100 * value:.1f} %".replace(".", ",")


def decimal(value: float) -> str:
    return (f"{value:.2f}" if value < 1 else f"{value:.1f}").replace(".", ",")


def thousands(value: int) -> str:
    return f"{value:,}".replace(",", " ")


def day(iso: str) -> str:
    """A date in words."""
    when = date.fromisoformat(iso)
    return f"{when.day}{'er' if when.day == 1 else ''} {MONTHS[when.month - 1]} {when.year}"


def rows(lines: list[list[str]]) -> str:
    """A Markdown table, its first line the heading."""
    heading, *others = ["| " + " | ".join(line) + " |" for line in lines]
    return "\n".join([heading, "|---" * len(lines[0]) + "|", *others])


def touched(scores: dict[str, Any]) -> str:
    return f"{round(scores['touched'] * scores['empty'])} sur {scores['empty']}" if scores["empty"] else ""


def table(results: Results, name: str) -> str:
    """A set: a line a tool. A tool that failed says so."""
    lines = [["Outil", *COLUMNS]]
    times = results["milliseconds"].get(name, {})
    for key, peer in results["peers"].items():
        scores = results["sets"][name].get(key)
        if peer["press_only"]:
            continue
        if peer["failure"] or not scores:
            lines.append([peer["title"], f"**{peer['failure']}**", *[""] * (len(COLUMNS) - 1)])
            continue
        valued = bool(scores["values"])
        person, firm = (scores["labels"].get(label, {}) for label in ("PERSON", "ORGANISATION"))
        ratio = times[key] / times["presidio"] if key in times and "presidio" in times else None
        lines.append(
            [
                peer["title"],
                percent(scores["hidden"] if valued else None),
                percent(scores["leak"] if valued else None),
                percent(scores["docs"]),
                percent(scores["over"]),
                touched(scores),
                percent(person.get("hidden")),
                percent(person.get("f1")),
                percent(firm.get("f1")),
                f"{decimal(times[key])} ms" if key in times else "",
                "" if ratio is None else decimal(ratio),
            ]
        )
    return rows(lines)


def by_set(results: Results) -> str:
    """A line a set, a column a tool: values hidden, or empty texts touched where there is nothing to hide."""
    compared = {key: peer for key, peer in results["peers"].items() if not peer["press_only"]}
    lines = [["Jeu", *(peer["title"] for peer in compared.values())]]
    for name, scores in results["sets"].items():
        if name == "apart":
            continue
        line = [f"{TITLES.get(name, name)} ({next(iter(scores.values()))['documents']})"]
        for key, peer in compared.items():
            mine = scores.get(key)
            if not mine:
                line.append(f"**{peer['failure']}**")
            else:
                line.append(percent(mine["hidden"]) if mine["values"] else f"{touched(mine)} touchés")
        lines.append(line)
    return rows(lines)


def press(results: Results) -> str:
    """Leak by kind of name on the sets that may be measured but not used."""
    leaks = [f"Fuite, {kind} (caractères)" for kind in KINDS.values()]
    lines = [["Jeu", "Outil", *leaks, "Texte ordinaire masqué"]]
    for name, scores in results["press"].items():
        for key, peer in results["peers"].items():
            if mine := scores.get(key):
                labels = mine["labels"]
                cells = [percent(labels.get(label, {}).get("leak")) for label in KINDS]
                lines.append([TITLES.get(name, name), peer["title"], *cells, percent(mine["over"])])
            elif peer["press_only"]:
                lines.append([TITLES.get(name, name), peer["title"], f"**{peer['failure']}**", "", "", ""])
    return rows(lines)


def versions(results: Results) -> str:
    """What was installed, tool by tool."""
    told = [
        f"{p['title']} : {', '.join(v.replace('==', ' ') for v in p['versions'])}"
        for p in results["peers"].values()
        if p["versions"] and not p["press_only"]
    ]
    return "Versions — " + " ; ".join(told) + "."


def markdown(results: Results) -> str:
    """What ``docs/mesures.md`` holds between its two marks."""
    together = next(iter(results["sets"]["apart"].values()))
    count = (
        f"Les jeux gardés à part, ensemble : {together['documents']} textes, "
        f"{thousands(together['values'])} valeurs à cacher, {together['empty']} textes sans rien à cacher. "
        "Temps de calcul d'un cœur."
    )
    others = (
        "Noms laissés en clair dans des textes que personne ici n'a écrits, à côté du modèle "
        "`fr_core_news_md` employé seul :"
    )
    return "\n\n".join(
        [
            f"Relevé du {day(results['date'])}. {versions(results)}",
            count,
            table(results, "apart"),
            "![Valeurs cachées, textes touchés à tort et temps de chaque outil](images/comparaison.svg)",
            "Valeurs cachées, jeu par jeu (nombre de textes) :",
            by_set(results),
            others,
            press(results),
        ]
    )


def screen(results: Results) -> str:
    """Every table, for the person who runs the measure."""
    parts = [f"{TITLES.get(name, name)} :\n\n{table(results, name)}" for name in results["sets"]]
    return "\n\n".join([*parts, press(results)] if results["press"] else parts)
