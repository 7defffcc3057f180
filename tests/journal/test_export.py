from __future__ import annotations

import csv
import json
from datetime import datetime

from egide.journal import MemoryJournal, Signer, export_csv, export_lines


def test_an_export_is_a_header_the_records_and_a_seal(
    journal: MemoryJournal, signer: Signer, now: datetime
) -> None:
    first, *records, seal = export_lines(journal.read(), signer, now)
    public = signer.verifier.public_key
    assert json.loads(first) == {"egide": "journal", "format": 1, "public_key": public}
    assert records == [f"{record.line()}\n" for record in journal.read()]
    assert json.loads(seal)["records"] == len(records) == 10
    assert json.loads(seal)["at"] == now.isoformat()


def test_the_table_opens_in_a_french_spreadsheet(journal: MemoryJournal) -> None:
    text = "".join(export_csv(journal.read()))
    assert text.startswith("\ufeffécrivain;numéro;")
    head, *rows = csv.reader(text.removeprefix("\ufeff").splitlines(), delimiter=";")
    assert len(rows) == 10
    told = dict(zip(head, rows[0], strict=True))
    assert (told["écrivain"], told["numéro"], told["nature"]) == ("gateway-1", "1", "opened")
    assert (told["personne"], told["fournisseur"], told["types"]) == ("7", "mistral", "PERSON=2")
    closed = dict(zip(head, rows[1], strict=True))
    assert json.loads(closed["autres détails"])["output_tokens"] == 120
