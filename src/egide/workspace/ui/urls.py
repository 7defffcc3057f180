"""Addresses of the language of the pages: its choice, and the texts that scripts show."""

from __future__ import annotations

from django.urls import path

from egide.workspace.ui import language

app_name = "ui"
MOUNT = "langue/"

urlpatterns = [
    path("", language.choose, name="language"),
    path("<str:code>/textes.js", language.texts, name="texts"),
]
