"""Addresses of the journal."""

from __future__ import annotations

from django.urls import path

from egide.workspace.journalling import views

app_name = "journal"
MOUNT = "journal/"

urlpatterns = [
    path("", views.listing, name="list"),
    path("verifier/", views.check, name="check"),
    path("export.jsonl", views.export, {"kind": "jsonl"}, name="export"),
    path("export.csv", views.export, {"kind": "csv"}, name="export-csv"),
]
