from __future__ import annotations

import pytest

from egide.errors import WorkspaceError
from egide.workspace.providers.address import checked, checked_proxy, checked_trust


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


@pytest.mark.parametrize(
    ("proxy", "base_url"),
    [
        ("http://proxy.entreprise.fr:3128", "https://api.mistral.ai/v1"),
        ("http://10.0.0.3:8080/", "https://api.mistral.ai/v1"),
        ("http://proxy.lan:3128", "http://ia.lan/v1"),
        ("", "https://api.mistral.ai/v1"),
    ],
)
def test_a_proxy_is_accepted(proxy: str, base_url: str) -> None:
    assert checked_proxy(f" {proxy} ", base_url) == proxy.rstrip("/")


@pytest.mark.parametrize(
    ("proxy", "base_url"),
    [
        ("https://proxy.lan:3128", "https://api.mistral.ai/v1"),
        ("socks5://proxy.lan:1080", "https://api.mistral.ai/v1"),
        ("http://moi:secret@proxy.lan:3128", "https://api.mistral.ai/v1"),
        ("http://proxy.lan:3128/chemin", "https://api.mistral.ai/v1"),
        ("http://proxy.lan:port", "https://api.mistral.ai/v1"),
        ("http://", "https://api.mistral.ai/v1"),
        ("proxy.lan", "https://api.mistral.ai/v1"),
        ("http://proxy.ailleurs.example:3128", "http://ia.lan/v1"),  # it would read everything
    ],
)
def test_another_proxy_is_refused_without_being_repeated(proxy: str, base_url: str) -> None:
    with pytest.raises(WorkspaceError) as refused:
        checked_proxy(proxy, base_url)
    assert refused.value.code == "EG-6120"
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "address",
    [
        "https://api.mistral.ai/v1",
        "https://API.openai.com/v1",
        "https://api.anthropic.com",
        "https://nous.openai.azure.com/openai/v1",
    ],
)
def test_a_known_outside_service_cannot_be_local(address: str) -> None:
    with pytest.raises(WorkspaceError, match="EG-6126"):
        checked_trust("local", address)
    assert checked_trust("european", address) == "european"


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:11434/v1", "https://ia.entreprise.example/v1", "https://openai.azure.com.lan"],
)
def test_another_service_may_be_local(address: str) -> None:
    assert checked_trust("local", address) == "local"
