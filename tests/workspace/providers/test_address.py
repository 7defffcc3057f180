from __future__ import annotations

import pytest

from egide.errors import WorkspaceError
from egide.workspace.providers.address import checked


@pytest.mark.parametrize(
    "address",
    [
        "https://api.mistral.ai/v1",
        "http://127.0.0.1:11434/v1",
        "http://localhost:8000",
        "http://[::1]:8000/v1",
        "http://192.168.1.20:8000/v1",
        "http://ollama:11434/v1",
        "http://ia.lan/v1",
    ],
)
def test_safe_addresses_are_accepted(address: str) -> None:
    assert checked(f" {address}/ ") == address


@pytest.mark.parametrize(
    "address",
    [
        "http://api.mistral.ai/v1",  # the key would travel in clear
        "http://8.8.8.8/v1",
        "ftp://interne/v1",
        "file:///etc/passwd",
        "https://quelqu-un:secret@api.example/v1",
        "https://api.example/v1?key=secret",
        "https://api.example/v1#x",
        "http://169.254.169.254/latest",  # metadata of cloud machines
        "https://",
        "api.mistral.ai",
        "https://[::1",
        "https://api.example:port/v1",
        "",
    ],
)
def test_other_addresses_are_refused_without_repeating_them(address: str) -> None:
    with pytest.raises(WorkspaceError) as refused:
        checked(address)
    assert refused.value.code == "EG-6009"
    assert "secret" not in str(refused.value)
