"""Addresses of providers."""

from __future__ import annotations

from django.urls import path

from egide.workspace.providers import views

app_name = "providers"
MOUNT = "fournisseurs/"

urlpatterns = [
    path("", views.listing, name="list"),
    path("ajouter/", views.add, name="add"),
    path("remplacements/", views.replacement_list, name="replacements"),
    path("remplacements/<int:pk>/retirer/", views.remove_replacement, name="remove-replacement"),
    path("<slug:slug>/", views.edit, name="edit"),
    path("<slug:slug>/tester/", views.test, name="test"),
    path("<slug:slug>/modeles/", views.choose_models, name="models"),
    path("<slug:slug>/prix/", views.prices, name="prices"),
    path("<slug:slug>/monter/", views.up, name="up"),
    path("<slug:slug>/descendre/", views.down, name="down"),
    path("<slug:slug>/activer/", views.switch, name="switch"),
    path("<slug:slug>/supprimer/", views.delete, name="delete"),
]
