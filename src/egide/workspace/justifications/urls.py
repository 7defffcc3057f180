"""Addresses of the requests: one's own, one of them, and the pilots' queue."""

from __future__ import annotations

from django.urls import path

from egide.workspace.justifications import views

app_name = "justifications"
MOUNT = ""

urlpatterns = [
    path("demandes/", views.mine, name="mine"),
    path("demandes/<str:public_id>/", views.one, name="one"),
    path("demandes/<str:public_id>/raison/", views.explain, name="explain"),
    path("demandes/<str:public_id>/code/", views.code, name="code"),
    path("accords/", views.queue, name="queue"),
    path("accords/<str:public_id>/", views.decide, name="decide"),
]
