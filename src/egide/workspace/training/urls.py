"""Addresses of the training."""

from __future__ import annotations

from django.urls import path

from egide.workspace.training import piloting, views

app_name = "training"
MOUNT = "formation/"

urlpatterns = [
    path("", views.listing, name="list"),
    path("modules/<slug:module>/", views.module, name="module"),
    path("modules/<slug:module>/commencer/", views.start, name="start"),
    path("essais/<uuid:pk>/", views.attempt, name="attempt"),
    path("question/", views.question, name="weekly"),
    path("certificats/<slug:code>.pdf", views.certificate, name="certificate"),
    path("verifier/", views.verify, name="verify"),
    path("verifier/<slug:code>/", views.verify, name="verify-code"),
    path("suivi/", piloting.follow, name="follow"),
    path("suivi/preuve.csv", piloting.proof_table, name="proof-table"),
    path("suivi/preuve.pdf", piloting.proof_pdf, name="proof-pdf"),
    path("suivi/<slug:module>/redemander/", piloting.ask_again, name="ask-again"),
]
