"""The inventory as a file for a spreadsheet: no cell is taken for a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font

from egide.journal.spreadsheet import row
from egide.workspace.usages.shown import Shown

TITLES = (
    "Usage", "Identifiant", "État", "À quoi cela sert", "Outil", "Données", "Personnes concernées",
    "Qui s'en sert", "Qui vérifie, et comment", "Si l'IA est en panne", "Déclaré par", "Déclaré le",
    "Décidé par", "Décidé le", "À revoir le",
)  # fmt: skip
WIDTHS = (28, 22, 14, 45, 28, 40, 28, 20, 40, 40, 24, 12, 24, 12, 12)


def csv_lines(usages: Iterable[Shown]) -> Iterable[str]:
    """Semicolons and UTF-8 with its mark, as a French spreadsheet opens it."""
    yield "\ufeff" + row(TITLES)
    for one in usages:
        yield row(f"{cell:%d/%m/%Y}" if isinstance(cell, date) else cell for cell in _cells(one))


def workbook(usages: Iterable[Shown]) -> bytes:
    """An Excel file: texts as texts, days as days."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Usages"
    sheet.append(TITLES)
    for number, one in enumerate(usages, start=2):
        for column, value in enumerate(_cells(one), start=1):
            cell = sheet.cell(number, column)
            if isinstance(value, date):
                cell.value, cell.number_format = value, "DD/MM/YYYY"
            elif value:
                # Told to be a text afterwards: a value that begins with "=" would be a formula.
                cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
                cell.data_type = "s"
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    for column, (cell, width) in enumerate(zip(sheet[1], WIDTHS, strict=True), start=1):
        cell.font = Font(bold=True)
        sheet.column_dimensions[sheet.cell(1, column).column_letter].width = width
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cells(one: Shown) -> list[str | date]:
    usage = one.usage
    state = "Désactivé" if usage.state == "validated" and not usage.active else usage.get_state_display()
    return [
        usage.name, usage.slug, state, usage.description, one.tools, one.data, one.concerned,
        usage.department, usage.control, usage.fallback,
        usage.declared_by.shown if usage.declared_by else "",
        timezone.localdate(usage.declared_at) if usage.declared_at else "",
        usage.decided_by.shown if usage.decided_by else "",
        timezone.localdate(usage.decided_at) if usage.decided_at else "",
        usage.review_on or "",
    ]  # fmt: skip
