"""What people mark as wrong, proposed to a pilot, decided, and exported as test cases."""

from __future__ import annotations
