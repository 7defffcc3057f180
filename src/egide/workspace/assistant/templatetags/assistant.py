"""Words that are kept in French beside an answer, said in the language of the page."""

from __future__ import annotations

from django import template

from egide.workspace.assistant import words

register = template.Library()
register.filter("said", words.said)
