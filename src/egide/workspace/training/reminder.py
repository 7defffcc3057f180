"""The message that a pilot sends to the people who are late, in French as all that goes to the staff."""

from __future__ import annotations


def message(address: str) -> str:
    """What to write to them; ``address`` is that of their modules."""
    return (
        "Bonjour,\n"
        "Un ou plusieurs modules de la formation à l'IA sont à faire ou à refaire, et la date est passée. "
        "Comptez vingt à vingt-cinq minutes pour chacun ; vous pouvez vous arrêter entre deux.\n"
        f"{address}\n"
        "Merci."
    )
