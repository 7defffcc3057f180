"""Addresses of the proposals."""

from __future__ import annotations

from django.urls import path

from egide.workspace.feedback import views

app_name = "feedback"
MOUNT = "signalements/"

urlpatterns = [
    path("", views.listing, name="list"),
    path("cas-de-test.jsonl", views.export, name="export"),
    path("<int:pk>/accepter/", views.accept, name="accept"),
    path("<int:pk>/refuser/", views.refuse, name="refuse"),
    path("<int:pk>/supprimer/", views.remove, name="remove"),
]
