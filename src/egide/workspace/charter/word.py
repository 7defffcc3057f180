"""The charter as a Word file: real headings, in French, with page numbers. Values are text, never markup."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as File
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph

from egide.workspace.charter.printed import printable
from egide.workspace.charter.words import cleaned

ACCENT, QUIET = RGBColor(0x0B, 0x5C, 0x4F), RGBColor(0x4D, 0x5A, 0x57)


def charter_docx(content: Mapping[str, Any]) -> bytes:
    """The file, made of the content of a version."""
    told, file = _legal(printable(content)), Document()
    _set_up(file, told)
    file.add_paragraph(told["company"]).runs[0].font.color.rgb = QUIET
    file.add_paragraph(told["title"], style="Title")
    file.add_paragraph(
        f"Version {told['version']}, publiée le {told['published']}. Entrée en vigueur : {told['entry']}.",
        style="Subtitle",
    )
    for article in told["articles"]:
        _article(file, article)
    _rules(file, told["rules"])
    _sources(file, told["articles"])
    _signatures(file, told)
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def _legal(value: Any) -> Any:
    """Without what XML cannot hold: a model's name, for one, is written by the service that offers it."""
    if isinstance(value, dict):
        return {key: _legal(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_legal(one) for one in value]
    return cleaned(value) if isinstance(value, str) else value


def _set_up(file: File, told: Mapping[str, Any]) -> None:
    properties = file.core_properties
    properties.title, properties.author = told["title"], told["company"][:255]
    properties.language, properties.comments = "fr-FR", ""
    for name in ("Normal", "Title", "Subtitle", "Heading 1", "Heading 2"):
        style = file.styles[name]
        style.font.name = "Calibri"
        if name != "Normal":
            style.font.color.rgb = ACCENT
    file.styles["Normal"].font.size = Pt(10.5)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "fr-FR")
    for old in file.styles.element.iter(qn("w:lang")):
        old.set(qn("w:val"), "fr-FR")
    file.styles["Normal"].element.get_or_add_rPr().append(language)
    _numbers(file.sections[0].footer.paragraphs[0], told["date"])


def _numbers(paragraph: Paragraph, said: str) -> None:
    paragraph.add_run(f"{said} · Page ")
    _field(paragraph, "PAGE")
    paragraph.add_run(" sur ")
    _field(paragraph, "NUMPAGES")


def _field(paragraph: Paragraph, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _article(file: File, article: Mapping[str, Any]) -> None:
    file.add_heading(f"Article {article['number']}. {article['title']}", level=1)
    for block in article["blocks"]:
        if block["kind"] == "text":
            file.add_paragraph(block["text"])
        for number, item in enumerate(block.get("items", ()), start=1):
            # Written out: Word would go on counting from the list of another article.
            file.add_paragraph(f"{number}. {item}", style="List Continue")
    if not article["reason"]:
        return
    status = "Recommandé." if article["status"] == "recommande" else "Obligatoire."
    if article["status"] == "obligatoire_sous_condition":
        status = "Obligatoire dans notre cas."
    _small(file, f"{status} {article['reason']}")


def _rules(file: File, rules: Mapping[str, Any]) -> None:
    file.add_heading("Annexe 1. Ce que le filtre fait des données", level=1)
    _small(file, "Relevé dans Égide le jour de la publication, pour un collaborateur.")
    for one in rules["services"]:
        models = f" ({', '.join(one['models'])})" if one["models"] else ""
        file.add_paragraph(f"Service branché : {one['name']}{models}", style="List Bullet")
    for table in rules["tables"]:
        usage = "" if table["usage"] == "Tous les usages" else f", usage « {table['usage']} »"
        file.add_heading(f"{table['to']}{usage}", level=2)
        for said in table["sentences"]:
            file.add_paragraph(said, style="List Bullet")
    file.add_paragraph(f"Enregistrements sonores. {rules['speech']}.")


def _sources(file: File, articles: list[dict[str, Any]]) -> None:
    file.add_heading("Annexe 2. Sources", level=1)
    found = {one["title"]: one for article in articles for one in article["sources"]}
    for one in found.values():
        read = "" if one["verified"] else " (contenu non relu : à vérifier)"
        address = f", {one['url']}" if one["url"] else ""
        _small(file, f"{one['title']}{address}, {one['date']}{read}")


def _signatures(file: File, told: Mapping[str, Any]) -> None:
    file.add_heading("Signatures", level=1)
    file.add_paragraph(f"Pour la direction : {told['direction']}")
    file.add_paragraph("Date : ……/……/…………        Signature :")
    file.add_paragraph(told["consent"])
    file.add_paragraph("Signature :")


def _small(file: File, said: str) -> None:
    run = file.add_paragraph().add_run(said)
    run.font.size, run.font.color.rgb = Pt(8.5), QUIET
