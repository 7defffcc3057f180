"""Addresses of the Assistant."""

from __future__ import annotations

from django.urls import path

from egide.workspace.assistant import api, views

MOUNT = "assistant/"
app_name = "assistant"

urlpatterns = [
    path("", views.new, name="new"),
    path("apercu", api.preview, name="preview"),
    path("envoyer", api.send, name="send"),
    path("exceptions", api.declare_exception, name="exception"),
    path("termes", api.declare_term, name="term"),
    path("propositions", api.propose, name="propose"),
    path("demande/<uuid:prepared>/", views.prepared, name="prepared"),
    path("attente/<str:justification>/", views.held, name="held"),
    path("attente/<str:justification>/abandonner", views.give_up, name="give-up"),
    path("conversations/", views.conversations, name="conversations"),
    path("conversations/supprimer", views.delete_all, name="delete-all"),
    path("conversations/<uuid:conversation>/", views.conversation, name="conversation"),
    path("conversations/<uuid:conversation>/renommer", views.rename, name="rename"),
    path("conversations/<uuid:conversation>/supprimer", views.delete, name="delete"),
]
