"""The limits' counters of one process: kept in the database, and shared by Redis when there is one."""

from __future__ import annotations

from egide.errors import SettingsError
from egide.gateway.limits import Limits
from egide.gateway.limits.shared import SharedCounts
from egide.pseudonymisation import Keyring
from egide.settings import Settings

_NAMES = "limit counters"


def counting(settings: Settings, keyring: Keyring) -> Limits:
    """Raises SettingsError EG-7001 (address) or EG-7005 (library not installed). Django must be loaded."""
    from egide.workspace.limits.store import SqlCounts

    return Limits(SqlCounts(), _shared(settings, keyring))


def _shared(settings: Settings, keyring: Keyring) -> SharedCounts | None:
    if settings.redis_url is None:
        return None
    try:
        from egide.gateway.limits.redis_counts import RedisCounts
    except ModuleNotFoundError:
        raise SettingsError("EG-7005", part="compteur partagé des limites", extra="redis") from None
    try:
        return RedisCounts(settings.redis_url.get_secret_value(), keyring.derive(_NAMES))
    except ValueError:  # not chained: it may repeat the address and its password
        raise SettingsError(
            "EG-7001", name="redis_url", reason="une adresse redis://, rediss:// ou unix:// est attendue."
        ) from None
