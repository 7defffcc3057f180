"""Addresses of the attestations."""

from __future__ import annotations

from django.urls import path

from egide.workspace.hygiene import campaign_views, views

app_name = "hygiene"
MOUNT = "bonnes-pratiques/"

urlpatterns = [
    path("", views.mine, name="mine"),
    path("<int:pk>/", views.save, name="save"),
    path("<int:pk>/reponses/<slug:check>/", views.answer, name="answer"),
    path("campagnes/", campaign_views.listing, name="campaigns"),
    path("campagnes/<int:pk>/", campaign_views.campaign, name="campaign"),
    path("campagnes/<int:pk>/clore/", campaign_views.close, name="close"),
    path("campagnes/<int:pk>/rapport.pdf", campaign_views.printed, name="report"),
]
