"""Mail that leaves by the company's own SMTP server, if one is set: invitations and reminders."""

from __future__ import annotations
