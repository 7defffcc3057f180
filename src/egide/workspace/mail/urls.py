"""Addresses of the mail server and of a person's reminders."""

from __future__ import annotations

from django.urls import path

from egide.workspace.mail import views

app_name = "mail"
MOUNT = "courriel/"

urlpatterns = [
    path("", views.relay_page, name="relay"),
    path("essai/", views.test, name="test"),
    path("arreter/", views.give_up, name="give-up"),
    path("rappels/", views.preference, name="preferences"),
    path("rappels/arreter/<str:token>/", views.stop, name="stop"),
]
