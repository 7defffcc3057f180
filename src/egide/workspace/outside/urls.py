"""Addresses of the switches."""

from __future__ import annotations

from django.urls import path

from egide.workspace.outside import views

app_name = "outside"
MOUNT = "services-publics/"

urlpatterns = [
    path("", views.listing, name="list"),
    path("<slug:service>/ouvrir/", views.turn_on, name="on"),
    path("<slug:service>/fermer/", views.turn_off, name="off"),
]
