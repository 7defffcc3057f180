"""Addresses of the charter."""

from __future__ import annotations

from django.urls import path

from egide.workspace.charter import follow_views, pilot_views, quick_views, views

app_name = "charter"
MOUNT = "charte/"

urlpatterns = [
    path("", views.read, name="read"),
    path("signer/", views.sign, name="sign"),
    path("versions/<int:number>/charte.pdf", views.pdf, name="pdf"),
    path("versions/<int:number>/charte.docx", views.docx, name="docx"),
    path("certificat/<str:code>/certificat.pdf", views.certificate, name="certificate"),
    path("verifier/<str:code>/", views.verify, name="verify"),
    path("redaction/", pilot_views.draft, name="draft"),
    path("redaction/rapide/", quick_views.page, name="quick"),
    path("redaction/apercu/", pilot_views.preview, name="preview"),
    path("redaction/publier/", pilot_views.publish, name="publish"),
    path("redaction/versions/", pilot_views.versions, name="versions"),
    path("redaction/versions/comparer/", follow_views.compare, name="compare"),
    path("redaction/procedure/", follow_views.procedure, name="procedure"),
    path("redaction/relances/", follow_views.reminders, name="reminders"),
    path("redaction/relances/noter/", follow_views.note_reminders, name="remind"),
    path("redaction/signatures/", pilot_views.signatures, name="signatures"),
    path("redaction/signatures/reglage/", pilot_views.rule, name="rule"),
]
