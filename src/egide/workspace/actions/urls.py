"""Addresses of the actions."""

from __future__ import annotations

from django.urls import path

from egide.workspace.actions import views

app_name = "actions"
MOUNT = "actions/"

urlpatterns = [
    path("", views.listing, name="list"),
    path("<int:pk>/", views.edit, name="edit"),
    path("<int:pk>/aide/", views.ask_for_help, name="help"),
]
