"""Addresses of people."""

from __future__ import annotations

from django.urls import path

from egide.workspace.people import import_views, mail_views, views

app_name = "people"
MOUNT = "personnes/"

urlpatterns = [
    path("", views.listing, name="list"),
    path("inviter/", views.invite, name="invite"),
    path("importer/", import_views.load, name="import"),
    path("importer/creer/", import_views.create, name="create"),
    path("courriels/", mail_views.send_all, name="mail-all"),
    path("<str:public_id>/courriel/", mail_views.send, name="mail"),
    path("<str:public_id>/effacer/", views.erase, name="erase"),
    path("<str:public_id>/lien/", views.new_link, name="link"),
    path("<str:public_id>/role/", views.role, name="role"),
    path("<str:public_id>/acces/", views.switch, name="switch"),
]
