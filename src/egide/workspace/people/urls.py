"""Addresses of people."""

from __future__ import annotations

from django.urls import path

from egide.workspace.people import views

app_name = "people"
MOUNT = "personnes/"

urlpatterns = [
    path("", views.listing, name="list"),
    path("inviter/", views.invite, name="invite"),
    path("<str:public_id>/lien/", views.new_link, name="link"),
    path("<str:public_id>/role/", views.role, name="role"),
    path("<str:public_id>/acces/", views.switch, name="switch"),
]
