"""Addresses of lists and confidential documents."""

from __future__ import annotations

from django.urls import path

from egide.workspace.knowledge import importing, views

app_name = "knowledge"
MOUNT = "listes/"

urlpatterns = [
    path("", views.overview, name="overview"),
    path("importer/", importing.choose, name="import"),
    path("importer/<uuid:pk>/", importing.columns, name="columns"),
    path("importer/<uuid:pk>/abandonner/", importing.give_up, name="give-up"),
    path("imports/", importing.progress, name="progress"),
    path("imports/<uuid:pk>/retirer/", importing.drop, name="drop"),
    path("<int:pk>/supprimer/", views.remove_list, name="remove-list"),
    path("documents/declarer/", views.declare, name="declare"),
    path("documents/<int:pk>/supprimer/", views.remove_document, name="remove-document"),
]
