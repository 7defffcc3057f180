"""One typed Settings object: environment variables ``EGIDE_*`` over an optional ``egide.toml``.

A secret may be given as a file: ``EGIDE_SECRET_KEY_FILE=/run/secrets/key``. An unknown key is
refused, so that a typing mistake never silently weakens a protection. Everything Égide writes lies
in one folder, ``data_dir``.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import tomllib
from collections.abc import Mapping
from ipaddress import ip_network
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

from egide.errors import SettingsError

PREFIX = "EGIDE_"
# Read by other parts of the set-up (Makefile, tests), not settings of the product.
FOREIGN = {"EGIDE_TEST_DATABASE_URL"}


class Settings(BaseModel):
    """All that can be set. Defaults suit one machine and SQLite."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    data_dir: Path = Field(default=Path(".data"), description="Dossier de toutes les données")
    database_url: SecretStr | None = Field(default=None, description="postgresql://… ; SQLite si absent")
    secret_key: SecretStr | None = Field(
        default=None, description="Clé maîtresse (au moins 32 caractères) ; créée dans le dossier si absente"
    )
    host: str = Field(default="127.0.0.1", description="Adresse d'écoute")
    port: int = Field(default=8484, ge=0, le=65535, description="Port d'écoute")
    public_url: str | None = Field(default=None, description="Adresse publique, derrière un proxy HTTPS")
    trusted_proxies: str = Field(
        default="",
        description="Adresses ou réseaux des proxys que l'on croit sur l'adresse du visiteur, entre virgules",
    )
    debug: bool = Field(default=False, description="Pages d'erreur détaillées ; jamais en production")
    max_request_bytes: int = Field(default=20_000_000, ge=1_000, description="Taille maximale d'une requête")
    max_answer_bytes: int = Field(default=50_000_000, ge=1_000, description="Taille maximale d'une réponse")
    max_batch_bytes: int = Field(
        default=200_000_000, ge=1_000, description="Taille maximale d'un fichier de demandes (lot)"
    )
    max_batch_lines: int = Field(default=50_000, ge=1, description="Nombre maximal de demandes d'un lot")
    max_results_bytes: int = Field(
        default=4_000_000_000, ge=1_000, description="Taille maximale d'un fichier de réponses d'un lot"
    )
    upstream_connect_seconds: float = Field(
        default=10.0, gt=0, description="Délai de connexion au fournisseur"
    )
    upstream_read_seconds: float = Field(default=120.0, gt=0, description="Silence toléré du fournisseur")
    analysis_seconds: float = Field(
        default=60.0, gt=0, description="Durée maximale de l'analyse des textes d'une requête"
    )
    name_model: bool = Field(
        default=True, description="Modèle de noms (plus sûr, quelques ms de plus) ; sinon règles seules"
    )
    history_days: int = Field(default=90, ge=1, description="Conservation des conversations de l'Assistant")
    vault_days: int = Field(default=30, ge=1, description="Conservation des correspondances du coffre")
    journal_days: int | None = Field(
        default=None, ge=1, description="Conservation du journal, en jours ; tout est gardé si absent"
    )

    justification_minutes: int = Field(
        default=15, ge=1, le=1440, description="Durée d'un code de justification, en minutes"
    )
    justification_hours: int = Field(
        default=72, ge=1, le=720, description="Délai pour donner une raison, en décider, puis s'en servir"
    )

    redis_url: SecretStr | None = Field(
        default=None, description="redis://… : compte les limites pour plusieurs serveurs à la fois"
    )

    metrics: bool = Field(default=False, description="Mesures pour Prometheus, à l'adresse /metrics")
    metrics_token: SecretStr | None = Field(
        default=None, description="Jeton qui ouvre /metrics à une autre machine (au moins 16 caractères)"
    )

    @field_validator("trusted_proxies")
    @classmethod
    def _named(cls, written: str) -> str:
        for one in _listed(written):
            try:
                network = ip_network(one, strict=False)
            except ValueError:
                raise ValueError("des adresses IP ou des réseaux (10.0.0.0/24) sont attendus.") from None
            if not network.prefixlen:
                raise ValueError("croire n'importe qui n'est pas permis : nommez vos proxys.")
        return written

    @property
    def proxies(self) -> tuple[str, ...]:
        """The proxies that are believed, one by one."""
        return tuple(str(ip_network(one, strict=False)) for one in _listed(self.trusted_proxies))

    @property
    def base_url(self) -> str:
        """Address that people type, without a final slash."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    def prepare(self) -> Settings:
        """Make the data folder (mode 0700). Raises SettingsError EG-7003."""
        try:
            self.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as problem:
            raise SettingsError("EG-7003") from problem
        return self

    def master_key(self) -> bytes:
        """32 bytes or more from which every other key is derived; made once, mode 0600, if not set."""
        if self.secret_key is not None:
            return self.secret_key.get_secret_value().encode()
        path = self.prepare().data_dir / "master.key"
        if not path.exists():
            _write_once(path, secrets.token_urlsafe(48).encode())
        return path.read_bytes()


def _listed(written: str) -> list[str]:
    return [one for part in written.split(",") if (one := part.strip())]


def load(environ: Mapping[str, str] | None = None, **overrides: object) -> Settings:
    """Settings from the environment, ``egide.toml`` of the data folder, and explicit overrides.

    Order of strength: overrides, environment, file, defaults. Raises SettingsError EG-7001 or EG-7002.
    """
    environ = os.environ if environ is None else environ
    given = _from_environment(environ)
    chosen = {name: value for name, value in overrides.items() if value is not None}
    folder = Path(str(chosen.get("data_dir") or given.get("data_dir") or Settings().data_dir))
    values = {**_from_file(folder / "egide.toml"), **given, **chosen}
    unknown = sorted(set(values) - set(Settings.model_fields))
    if unknown:
        raise SettingsError("EG-7002", name=unknown[0])
    try:
        settings = Settings.model_validate(values)
    except ValidationError as problem:
        first = problem.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "?"
        raise SettingsError("EG-7001", name=name, reason=first["msg"]) from None
    key = settings.secret_key
    if key is not None and len(key.get_secret_value()) < 32:
        raise SettingsError("EG-7001", name="secret_key", reason="au moins 32 caractères sont nécessaires.")
    return settings


def _write_once(path: Path, content: bytes) -> None:
    """Make ``path`` with ``content``, whole or not at all; the first of two processes wins."""
    draft = path.with_suffix(f".{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


def _from_environment(environ: Mapping[str, str]) -> dict[str, object]:
    values: dict[str, object] = {}
    for variable, value in environ.items():
        if not variable.startswith(PREFIX) or variable in FOREIGN:
            continue
        name = variable.removeprefix(PREFIX).lower()
        if name.endswith("_file") and name not in Settings.model_fields:
            name = name.removesuffix("_file")
            try:
                value = Path(value).read_text(encoding="utf-8").strip()
            except OSError as problem:
                raise SettingsError("EG-7001", name=variable, reason="fichier illisible.") from problem
        values[name] = value
    return values


def _from_file(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, tomllib.TOMLDecodeError) as problem:
        raise SettingsError("EG-7001", name=path.name, reason="fichier TOML illisible.") from problem
