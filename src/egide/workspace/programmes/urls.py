"""Addresses of the directory."""

from __future__ import annotations

from django.urls import path

from egide.workspace.programmes import following, owning, refreshing, services_page, views

app_name = "programmes"

urlpatterns = [
    path("", views.listing, name="list"),
    path("fiche/<slug:programme>/", views.page, name="page"),
    path("fiche/<slug:programme>/suivre/", following.follow, name="follow"),
    path("fiche/<slug:programme>/ne-plus-suivre/", following.unfollow, name="unfollow"),
    path("fiche/<slug:programme>/relire/", following.review, name="review"),
    path("suivis/", following.followed, name="followed"),
    path("echeances/", following.deadlines, name="deadlines"),
    path("echeances.ics", following.calendar, name="calendar"),
    path("ajouter/", owning.add, name="add"),
    path("ajouts/<int:pk>/", owning.edit, name="edit"),
    path("ajouts/<int:pk>/retirer/", owning.remove, name="remove"),
    path("services-publics/", services_page.find, name="find"),
    path("mise-a-jour/", refreshing.refresh, name="refresh"),
    path("mise-a-jour/<int:pk>/accepter/", refreshing.take, name="take"),
    path("mise-a-jour/<int:pk>/abandonner/", refreshing.give_up, name="give-up"),
    path("mise-a-jour/<int:pk>/annuler/", refreshing.undo, name="undo"),
]
