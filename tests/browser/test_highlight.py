"""The layer of highlights, alone in a real browser: its arithmetic, and its alignment to the pixel."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route

import egide.workspace

STATIC = Path(egide.workspace.__file__).parent / "assistant" / "static" / "assistant"
KINDS = {".js": "text/javascript", ".css": "text/css"}
HTML = """<!doctype html><html lang="fr"><link rel="stylesheet" href="/assistant.css">
<body class="eg-assistant"><div class="eg-field"><div class="eg-mirror"></div><textarea></textarea></div>"""
LONG = (
    "Madame Zoé Lefèvre, 12 rue de l'Église,\n\n\tfi ffi AV To Wa 😀👩‍👧 "
    + "unmotquinenfinitpas" * 12
    + "\nvoir   les    espaces  multiples, et l'IBAN FR76 3000 6000 0112 3456 7890 189.\n"
    + "Une phrase assez longue pour passer à la ligne, plusieurs fois, sur un téléphone. " * 6
    + "\n"
)


@pytest.fixture
def bare(page: Page) -> Page:
    def serve(route: Route) -> None:
        name = route.request.url.rsplit("/", 1)[1]
        if name:
            route.fulfill(body=(STATIC / name).read_bytes(), content_type=KINDS[Path(name).suffix])
        else:
            route.fulfill(body=HTML, content_type="text/html")

    page.route("http://egide.test/**", serve)
    page.goto("http://egide.test/")
    return page


def run(page: Page, call: str, *values: Any) -> Any:
    script = f"async values => {{ const m = await import('/highlight.js'); return ({call})(m, ...values); }}"
    return page.evaluate(script, list(values))


def spans(page: Page, before: str, after: str, *found: str) -> list[str]:
    findings = [{"start": before.index(f), "end": before.index(f) + len(f)} for f in found]
    moved = run(page, "(m, found, b, a) => m.moved(found, b, a)", findings, before, after)
    return [after[f["start"] : f["end"]] for f in moved]


@pytest.mark.parametrize(
    ("before", "after", "found", "left"),
    [
        ("Zoé et Paul", "Chère Zoé et Paul", ["Zoé", "Paul"], ["Zoé", "Paul"]),
        ("Zoé et Paul", "Zoé et puis Paul", ["Zoé", "Paul"], ["Zoé", "Paul"]),
        ("Zoé et Paul", "Zoé et Paula", ["Zoé", "Paul"], ["Zoé", "Paul"]),
        ("Zoé et Paul", "Zoée et Paul", ["Zoé", "Paul"], ["Zoé", "Paul"]),
        ("Zoé et Paul", "Zo et Paul", ["Zoé", "Paul"], ["Paul"]),
        ("Zoé et Paul", "", ["Zoé", "Paul"], []),
    ],
)
def test_marks_follow_the_text_while_the_server_reads(
    bare: Page, before: str, after: str, found: list[str], left: list[str]
) -> None:
    assert spans(bare, before, after, *found) == left


def test_the_layer_lies_exactly_under_the_letters(bare: Page) -> None:
    findings = [
        {"start": LONG.index(value), "end": LONG.index(value) + len(value), "label": "X", "action": "mask"}
        for value in ("Zoé Lefèvre", "l'Église", "ffi AV")
    ]
    bare.locator("textarea").evaluate("(area, text) => { area.value = text; }", LONG)
    run(bare, "(m, text, f) => m.paint(document.querySelector('.eg-mirror'), text, f)", LONG, findings)
    assert bare.locator("textarea").evaluate("a => a.scrollHeight <= a.clientHeight"), "it would scroll"

    written = picture(bare, area="#000", mirror="transparent")
    assert strong_differences(bare, written, picture(bare, area="transparent", mirror="#000")) == 0

    bare.locator(".eg-mirror").evaluate("mirror => { mirror.style.translate = '1px'; }")
    assert strong_differences(bare, written, picture(bare, area="transparent", mirror="#000")) > 100


def picture(page: Page, *, area: str, mirror: str) -> bytes:
    """The field with only the letters of one layer visible."""
    page.evaluate(
        """([area, mirror]) => {
          document.querySelector("textarea").style.color = area;
          for (const part of document.querySelectorAll(".eg-mirror, .eg-mirror mark")) {
            const plain = { background: "none", textDecoration: "none", transition: "none" };
            Object.assign(part.style, plain, { color: mirror });
          }
        }""",
        [area, mirror],
    )
    return page.locator(".eg-field").screenshot(caret="hide")


def strong_differences(page: Page, one: bytes, other: bytes) -> int:
    """Pixels that differ by more than a nuance of grey (smoothing differs at the edge of a mark)."""
    count: int = page.evaluate(
        """async pictures => {
          const [a, b] = await Promise.all(pictures.map(async picture => {
            const blob = await (await fetch(`data:image/png;base64,${picture}`)).blob();
            const image = await createImageBitmap(blob);
            const sheet = new OffscreenCanvas(image.width, image.height).getContext("2d");
            sheet.drawImage(image, 0, 0);
            return sheet.getImageData(0, 0, image.width, image.height).data;
          }));
          if (a.length !== b.length) return a.length;
          let count = 0;
          for (let i = 0; i < a.length; i += 4) if (Math.abs(a[i] - b[i]) > 100) count += 1;
          return count;
        }""",
        [base64.b64encode(one).decode(), base64.b64encode(other).decode()],
    )
    return count


@pytest.mark.parametrize("value", ["<img src=x onerror=alert(1)>", "<b>gras</b>", "a & b"])
def test_a_text_is_never_read_as_html(bare: Page, value: str) -> None:
    finding = {"start": 0, "end": len(value), "label": "PERSON", "action": "mask"}
    run(bare, "(m, text, f) => m.paint(document.querySelector('.eg-mirror'), text, f)", value, [finding])
    assert bare.locator(".eg-mirror mark").text_content() == value
    assert bare.locator(".eg-mirror *").count() == 1
