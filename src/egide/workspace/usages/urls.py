"""Addresses of usages."""

from __future__ import annotations

from django.urls import path

from egide.workspace.usages import views

app_name = "usages"

urlpatterns = [
    path("", views.listing, name="list"),
    path("ajouter/", views.add, name="add"),
    path("<slug:slug>/", views.edit, name="edit"),
]
