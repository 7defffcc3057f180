"""What is kept of a conversation. Every text of a person is sealed: the database holds no clear word.

In clear: who it belongs to, the usage, the provider and model ids, and the times, which purge and
lists need. ``sealing`` says what the sealed columns hold.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class Conversation(models.Model):
    """One exchange of a person with one model. Usage and provider are fixed at the first message, so
    that what was masked for a provider is never sent, later, to a less trusted one. ``prompt`` names the
    one of the library that it was begun with, if any."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="conversations"
    )
    usage = models.CharField(max_length=64)
    provider = models.CharField(max_length=64)
    model = models.CharField(max_length=200, blank=True)
    prompt = models.CharField(max_length=64, blank=True)
    sealed_title = models.BinaryField()
    sealed_choices = models.BinaryField()
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["-updated_at"]

    def __str__(self) -> str:
        return f"conversation {self.id}"


class Message(models.Model):
    """One turn. ``state`` of an answer: did it reach its end, was it stopped, did the provider fail."""

    class Role(models.TextChoices):
        USER = "user"
        ASSISTANT = "assistant"

    class State(models.TextChoices):
        COMPLETE = "complete"
        STOPPED = "stopped"
        FAILED = "failed"

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    position = models.PositiveIntegerField()
    role = models.CharField(max_length=9, choices=Role.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.COMPLETE)
    sealed_body = models.BinaryField()
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "position"], name="assistant_message_position")
        ]

    def __str__(self) -> str:
        return f"message {self.position} of {self.conversation_id}"


class Held(models.Model):
    """A message that waits for a pilot, as it was written; ``justification`` is the name of the request.

    ``conversation`` is the one that it goes on with, none when it would begin one.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    conversation = models.ForeignKey(Conversation, null=True, on_delete=models.CASCADE, related_name="+")
    justification = models.CharField(max_length=40, unique=True)
    sealed_draft = models.BinaryField()
    created_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"message held for {self.justification}"
