"""The settings of the backend and the client made from them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from client_bench import Bench
from contract_answers import body
from scripted_backend import Turn, answer

from backend_client.opening import SETTINGS, open_client
from core.errors import SettingsError
from core.settings import Settings, load
from core.steps import Bills, FetchBills


def _settings(tmp_path: Path, *lines: str) -> Settings:
    path = tmp_path / "terminal.toml"
    path.write_text("\n".join(["[backend]", *lines]), encoding="utf-8")
    return load(path, SETTINGS)


def test_client_speaks_to_the_address_with_the_token_of_the_file(
    bench: Bench, tmp_path: Path
) -> None:
    backend = bench.backend([Turn(answer(200, body({"bills": []})))])
    settings = _settings(tmp_path, f'url = "{backend.url}"', 'token = "of-the-file"')

    with closing(open_client(settings, lambda: (0, ""))) as client:
        assert client.ask(FetchBills("p-1")) == Bills(())

    headers = backend.heard[0].headers
    assert headers["authorization"] == "Bearer of-the-file"
    assert "x-journal-seq" not in headers


def test_limits_have_defaults(tmp_path: Path) -> None:
    settings = _settings(tmp_path, 'url = "http://x"', 'token = "t"')

    assert settings.integer("backend.connect_ms") == 3000
    assert settings.integer("backend.read_ms") == 10000


def test_missing_address_and_token_are_both_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"(?s)backend\.url is missing.*backend\.token"):
        _settings(tmp_path)


def test_wrong_token_is_not_shown(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"backend\.token = …: must be a text"):
        _settings(tmp_path, 'url = "http://x"', "token = 4711")


def test_address_of_another_scheme_is_refused(tmp_path: Path) -> None:
    settings = _settings(tmp_path, 'url = "ftp://x"', 'token = "t"')

    with pytest.raises(SettingsError, match=r"backend\.url must begin with"):
        open_client(settings, lambda: (0, ""))


def test_authority_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    settings = _settings(tmp_path, 'url = "https://x"', 'token = "t"', 'ca_file = "/none.pem"')

    with pytest.raises(SettingsError, match=r"no file /none\.pem"):
        open_client(settings, lambda: (0, ""))
