"""Addresses of the AI Act."""

from __future__ import annotations

from django.urls import path

from egide.workspace.ai_act import export_views, fria_views, views

app_name = "ai_act"
MOUNT = "reglement-ia/"

urlpatterns = [
    path("", views.listing, name="list"),
    path("calendrier/", views.calendar, name="calendar"),
    path("registre.csv", export_views.as_csv, name="csv"),
    path("registre.json", export_views.as_json, name="json"),
    path("usages/<slug:slug>/", views.one, name="one"),
    path("usages/<slug:slug>/questions/<slug:question>/", views.question, name="question"),
    path("usages/<slug:slug>/aucun/<slug:stage>/", views.none_of, name="none"),
    path("usages/<slug:slug>/reprendre/", views.reopen, name="reopen"),
    path("usages/<slug:slug>/abandonner/", views.give_up, name="give-up"),
    path("usages/<slug:slug>/confirmer/", views.confirm, name="confirm"),
    path("usages/<slug:slug>/resultats/<int:pk>/", views.kept, name="kept"),
    path("usages/<slug:slug>/resultats/<int:pk>/fiche.pdf", export_views.kept_sheet, name="kept-sheet"),
    path("usages/<slug:slug>/fiche.pdf", export_views.sheet, name="sheet"),
    path("usages/<slug:slug>/droits-fondamentaux/", fria_views.fria, name="fria"),
    path("usages/<slug:slug>/droits-fondamentaux.pdf", fria_views.printed, name="fria-pdf"),
]
