"""Addresses of the limits."""

from __future__ import annotations

from django.urls import path

from egide.workspace.limits import views

app_name = "limits"
MOUNT = "limites/"

urlpatterns = [
    path("", views.listing, name="list"),
    path("<int:pk>/", views.edit, name="edit"),
    path("<int:pk>/retirer/", views.delete, name="delete"),
    path("prix/<slug:slug>/", views.price, name="price"),
]
