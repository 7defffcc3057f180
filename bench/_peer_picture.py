"""The picture of ``bench/peers.py``: bars in SVG, wide as a telephone, one panel a question."""

from __future__ import annotations

from html import escape
from typing import Any

from _peer_tables import day, decimal, thousands

WIDTH, LEFT, LONGEST, ROW, HEAD, GAP = 380, 154, 150, 24, 40, 14
OURS, OUR_RULES, OTHERS, INK, SOFT = "#0b5394", "#6fa8dc", "#a7adb5", "#1f2328", "#57606a"
Bar = tuple[str, str, float | None, str]


def text(x: float, y: float, content: str, size: int = 13, more: str = "") -> str:
    return f'<text x="{x}" y="{y}" font-size="{size}" {more}>{escape(content)}</text>'


def panel(top: float, title: str, hint: str, bars: list[Bar], most: float) -> list[str]:
    """A title, what is better, then a bar a tool; a tool without a figure says why."""
    drawn = [
        text(12, top + 14, title, 14, 'font-weight="bold"'),
        text(12, top + 31, hint, 12, f'fill="{SOFT}"'),
    ]
    for i, (name, colour, value, label) in enumerate(bars):
        y = top + HEAD + i * ROW
        weight = 'font-weight="bold"' if colour == OURS else ""
        drawn.append(text(LEFT - 8, y + 15, name, 13, f'text-anchor="end" {weight}'))
        length = 0.0 if value is None else max(1.0, LONGEST * value / most)
        if value is not None:
            drawn.append(
                f'<rect x="{LEFT}" y="{y + 3}" width="{length:.1f}" height="16" rx="2" fill="{colour}"/>'
            )
        drawn.append(text(round(LEFT + length + 6, 1), y + 15, label, 13, weight))
    return drawn


def bars(results: dict[str, Any], read: Any, show: Any) -> list[Bar]:
    """One bar a tool, from what ``read`` takes of its results."""
    found: list[Bar] = []
    for key, peer in results["peers"].items():
        if peer["press_only"]:
            continue
        value = None if peer["failure"] else read(key)
        colour = {"egide": OURS, "egide_rules": OUR_RULES}.get(key, OTHERS)
        name = peer["title"].replace("Égide, règles seules", "Égide, règles")
        found.append((name, colour, value, "échec" if value is None else show(value)))
    return found


def draw(results: dict[str, Any]) -> str:
    """The whole picture, for the sets kept apart."""
    apart, times = results["sets"]["apart"], results["milliseconds"].get("apart", {})
    together = next(iter(apart.values()))
    panels = [
        (
            f"Valeurs entièrement cachées, sur {thousands(together['values'])}",
            "plus long, c'est mieux",
            bars(results, lambda key: apart[key]["hidden"], lambda v: f"{100 * v:.0f} %"),
            1,
        ),
        (
            f"Textes anodins touchés à tort, sur {together['empty']}",
            "plus court, c'est mieux",
            bars(results, lambda key: apart[key]["touched"], lambda v: f"{100 * v:.0f} %"),
            1,
        ),
        (
            "Temps pour 2 000 caractères, un cœur",
            "plus court, c'est mieux",
            bars(results, times.get, lambda v: f"{decimal(v)} ms" if v < 10 else f"{v:.0f} ms"),
            max(times.values(), default=1),
        ),
    ]
    drawn, top = [], 14.0
    for title, hint, rows, most in panels:
        drawn += panel(top, title, hint, rows, most)
        top += HEAD + len(rows) * ROW + GAP
    drawn.append(text(12, top + 6, f"Jeux gardés à part, {day(results['date'])}.", 12, f'fill="{SOFT}"'))
    height = int(top + 20)
    told = "Valeurs cachées, textes touchés à tort et temps d'Égide, de Presidio et d'autres outils"
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH * 3 // 2}" height="{height * 3 // 2}" role="img" aria-label="{escape(told)}" '
        f'font-family="system-ui, sans-serif" fill="{INK}">'
    )
    ground = f'<rect width="{WIDTH}" height="{height}" rx="6" fill="#ffffff"/>'
    return "\n".join([opening, f"<title>{escape(told)}</title>", ground, *drawn, "</svg>", ""])
