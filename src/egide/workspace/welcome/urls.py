"""Addresses of the first start."""

from __future__ import annotations

from django.urls import path

from egide.workspace.welcome import views

app_name = "welcome"
MOUNT = "bienvenue/"

urlpatterns = [
    path("", views.ask, name="ask"),
    path("proposition/", views.proposal, name="proposal"),
    path("remplir/", views.fill, name="fill"),
    path("plus-tard/", views.later, name="later"),
    path("annuler/", views.undo, name="undo"),
]
