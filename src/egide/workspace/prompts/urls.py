"""Addresses of the prompt library."""

from __future__ import annotations

from django.urls import path

from egide.workspace.prompts import views

app_name = "prompts"
MOUNT = "demandes-types/"

urlpatterns = [
    path("", views.listing, name="list"),
    path("<slug:ref>/", views.one, name="one"),
    path("<slug:ref>/favori/", views.favourite, name="favourite"),
    path("<slug:ref>/avis/", views.rate, name="rate"),
]
