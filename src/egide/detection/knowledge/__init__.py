"""What the company knows and no general rule can: its lists of names, its confidential documents.

    compile_terms(entries, key) -> bytes      a list, as keyed hashes: its text is not kept
    Lists([TermList(name, kind, packed)], key)  a Source: findings COMPANY_TERM, or PERSON for staff
    fingerprint(text, key) -> bytes           a document, as keyed hashes: its text is not kept
    Copies([Document(name, packed)], key)     a Source: findings CONFIDENTIAL_COPY

``cutting`` gives the words of a text as arrays, ``hashing`` their keyed names; everything after works on
whole arrays at once, so that the cost follows the text and not the number of entries.
"""

from __future__ import annotations
