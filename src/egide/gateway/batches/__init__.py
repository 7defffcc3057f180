"""Requests that leave together and are answered hours later: files of requests, batches, their results.

Each request of a batch is read, decided and masked as if it had been sent alone; one that is refused
refuses the whole. What the provider gives back is sealed for the caller, and each line of the results is
restored with the values of its own request, and no others.
"""

from __future__ import annotations

from egide.gateway.batches.serving import Serving

__all__ = ["Serving"]
