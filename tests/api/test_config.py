"""Settings: where they come from, and what is refused by name."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import pytest

from src.spark.api.app import create_app
from src.spark.api.config import CONFIGS, KNOWN_SECRETS, Config, ConfigurationError, load

REPOSITORY = Path(__file__).parents[2]
EXAMPLE = REPOSITORY / ".env.example"
GOOD_SECRET = "k3Jf-9dLq2Zx7WvB1nRt5YpM8sHc4GaE"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    """Settings are read in an empty folder, where no `.env` of a developer lies."""
    folder = tmp_path / "cwd"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def example_variables():
    return re.findall(r"^(?:# )?([A-Z][A-Z_]+)=(.*)$", EXAMPLE.read_text(encoding="utf-8"), re.M)


# --- the secret ---


@pytest.mark.parametrize("secret", [None, "", "  ", *sorted(KNOWN_SECRETS), "Your-Secret-Key-Here"])
def test_production_refuses_a_missing_or_known_secret_and_names_it(elsewhere, monkeypatch, secret):
    if secret is not None:
        monkeypatch.setenv("SECRET_KEY", secret)
    with pytest.raises(ConfigurationError, match="SECRET_KEY"):
        create_app("production", SPARK_DATA_DIR=elsewhere / "data")
    assert list(elsewhere.iterdir()) == []


def test_production_refuses_the_secrets_the_documents_print():
    printed = dict(example_variables())["SECRET_KEY"]
    assert printed
    for secret in (printed, "your-secret-key-here"):
        with pytest.raises(ConfigurationError, match="SECRET_KEY"):
            load("production", SECRET_KEY=secret).secret_key()


def test_production_takes_a_secret_of_ones_own(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", GOOD_SECRET)
    assert load("production").secret_key() == GOOD_SECRET


def test_development_makes_a_secret_once_and_keeps_it_to_itself(elsewhere):
    barrier, made = threading.Barrier(8), []

    def make():
        settings = load("development", SPARK_DATA_DIR=elsewhere / "data")
        barrier.wait(60)
        made.append(settings.secret_key())

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    (kept,) = (elsewhere / "data").iterdir()
    assert len(made) == 8
    assert set(made) == {kept.read_text()}
    assert len(made[0]) >= 32
    assert kept.stat().st_mode & 0o077 == 0
    assert load("development", SPARK_DATA_DIR=elsewhere / "other").secret_key() != made[0]


# --- where settings come from ---


def test_without_anything_set_the_defaults_are_the_contracts():
    development, production = load("development"), load("production")
    assert (development.HOST, production.HOST) == ("127.0.0.1", "0.0.0.0")
    for settings in (development, production):
        assert settings.PORT == 5000
        assert settings.REDIS_URL.get_secret_value() == "redis://localhost:6379"
        assert Path("data") == settings.SPARK_DATA_DIR
        assert settings.SPARK_WRITER == "auto"
        assert settings.SPARK_MAX_MESSAGE_CHARS == 4000
        assert settings.SPARK_MAX_BODY_BYTES == 1048576
        assert settings.LOG_LEVEL == "INFO"
        assert settings.log_file == Path("data/logs/spark.log")
    assert (development.CORS_ORIGINS, production.CORS_ORIGINS) == (["*"], [])
    assert (development.SESSION_TYPE, production.SESSION_TYPE) == ("cachelib", "redis")
    assert (development.DEBUG, production.DEBUG) == (True, False)


def test_a_dotenv_file_is_read_and_the_environment_wins(elsewhere, monkeypatch):
    (elsewhere / ".env").write_text("# 端口\nPORT=7001\nHOST=1.2.3.4\n", encoding="utf-8")
    monkeypatch.setenv("HOST", "5.6.7.8")
    for name in ("development", "production"):
        settings = load(name)
        assert (settings.PORT, settings.HOST) == (7001, "5.6.7.8")
    assert load("development", PORT=7002).PORT == 7002


def test_tests_read_no_dotenv_file(elsewhere):
    (elsewhere / ".env").write_text("PORT=7001\n", encoding="utf-8")
    assert load("testing").PORT == 5000


def test_the_example_can_be_copied_and_used_for_development(elsewhere):
    (elsewhere / ".env").write_bytes(EXAMPLE.read_bytes())
    assert load("development").PORT == 5000
    uncommented = re.sub(r"^# ([A-Z_]+=)", r"\1", EXAMPLE.read_text(encoding="utf-8"), flags=re.M)
    (elsewhere / ".env").write_text(uncommented, encoding="utf-8")
    assert load("development").CORS_ORIGINS == ["https://your-domain.com"]


@pytest.mark.parametrize(
    ("value", "origins"),
    [
        ("https://a.com", ["https://a.com"]),
        (" https://a.com/ , http://b.com:8080,, ", ["https://a.com", "http://b.com:8080"]),
        ("*", ["*"]),
        ("", []),
    ],
)
def test_origins_are_a_list_with_commas(monkeypatch, value, origins):
    monkeypatch.setenv("CORS_ORIGINS", value)
    assert origins == load("production").CORS_ORIGINS
    assert origins == load("development").CORS_ORIGINS


@pytest.mark.parametrize(
    "name", sorted(Config.model_fields.keys() - {"SECRET_KEY", "CORS_ORIGINS", "LOG_FILE"})
)
def test_a_variable_left_empty_is_its_default(monkeypatch, name):
    default = getattr(load("production"), name)
    monkeypatch.setenv(name, "")
    assert getattr(load("production"), name) == default


def test_an_empty_log_file_means_the_console_alone(elsewhere, monkeypatch):
    monkeypatch.setenv("LOG_FILE", "")
    assert load("development").log_file is None
    monkeypatch.setenv("LOG_FILE", "/var/log/x.log")
    assert load("development").log_file == Path("/var/log/x.log")


def test_a_level_may_be_written_small(monkeypatch):
    monkeypatch.setenv("LOG_LEVEL", "warning")
    assert load("development").LOG_LEVEL == "WARNING"


# --- what cannot be used ---


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "geheim-abc"),
        ("PORT", "77777"),
        ("PORT", "0"),
        ("SPARK_WRITER", "geheim-abc"),
        ("LOG_LEVEL", "geheim-abc"),
        ("SPARK_MAX_MESSAGE_CHARS", "-77777"),
        ("SPARK_MAX_BODY_BYTES", "geheim-abc"),
        ("REDIS_URL", "http://user:geheim-abc@host"),
        ("REDIS_URL", "redis://user:geheim-abc@host:port"),
        ("REDIS_URL", "geheim-abc"),
        ("DATABASE_URL", "mysql://user:geheim-abc@host/spark"),
        ("DATABASE_URL", "geheim-abc"),
        ("DATABASE_URL", "postgresql://user:ge#heim-abc@host/spark"),
        ("DATABASE_URL", "postgresql://user:geheim-abc#77777@host/spark"),
        ("DATABASE_URL", "postgresql://user:geheim-abc?77777@host/spark"),
        ("DATABASE_URL", "postgresql://user:geheim-abc/77777@host/spark"),
        ("DATABASE_URL", "postgresql://user:geheim-abc[77777@host/spark"),
        ("DATABASE_URL", "postgresql://user:geheim-abc]77777@host/spark"),
        ("DATABASE_URL", "postgresql://user:geheim-abc%77777@host@host/spark"),
        ("DATABASE_URL", "postgresql://user:geheim-abc%7g@host/spark"),
        ("DATABASE_URL", "postgresql://user:geheim-abc 77777@host/spark"),
        ("DATABASE_URL", "postgresql://geheim-abc[/77777"),
        ("DATABASE_URL", "postgresql://host/spark?password=geheim-abc%7g"),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused_by_name_without_its_value(
    elsewhere, monkeypatch, name, value
):
    monkeypatch.setenv("SECRET_KEY", GOOD_SECRET)
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError, match=name) as refused:
        create_app("production", SPARK_DATA_DIR=elsewhere / "data")
    said = "".join([str(refused.value), repr(refused.value.__cause__)])
    assert "geheim" not in said
    assert "77777" not in said
    assert GOOD_SECRET not in said


def test_an_unknown_environment_is_refused_with_the_known_ones():
    with pytest.raises(ConfigurationError) as refused:
        create_app("staging")
    assert all(name in str(refused.value) for name in CONFIGS)


# --- what is written twice ---


def test_the_example_names_exactly_the_settings_there_are():
    assert {name for name, _ in example_variables()} == Config.model_fields.keys()
    assert len(example_variables()) == len(Config.model_fields)


def test_every_environment_has_the_same_settings():
    assert {frozenset(kind.model_fields) for kind in CONFIGS.values()} == {
        frozenset(Config.model_fields)
    }


@pytest.mark.parametrize(
    "origins",
    ["https://*.example.com", "example.com", "https://a.com/path", ".*", "https://a.com|b"],
)
def test_an_origin_that_is_none_is_refused(origins):
    with pytest.raises(ConfigurationError, match="CORS_ORIGINS"):
        load("production", SECRET_KEY="k" * 30, CORS_ORIGINS=origins)


def test_a_model_without_a_service_is_refused_by_what_it_needs():
    with pytest.raises(ConfigurationError, match="needs OPENAI_API_KEY or OPENAI_BASE_URL"):
        load("testing", SPARK_WRITER="openai")
    with pytest.raises(ConfigurationError, match="SPARK_IMAGE_MODEL needs OPENAI_API_KEY"):
        load("testing", SPARK_IMAGE_MODEL="an-image-model")


@pytest.mark.parametrize("address", ["localhost:11434", "ftp://host/v1", "https://", "http://h:p/"])
@pytest.mark.parametrize("name", ["OPENAI_BASE_URL", "SPARK_IMAGE_BASE_URL"])
def test_an_address_that_is_none_is_refused(name, address):
    with pytest.raises(ConfigurationError, match=name):
        load("testing", **{name: address})


@pytest.mark.parametrize("key", ["schlüssel", " sk-abc", "sk-abc\n"])
@pytest.mark.parametrize("name", ["OPENAI_API_KEY", "SPARK_IMAGE_API_KEY"])
def test_a_key_that_no_header_could_carry_is_refused_without_being_shown(name, key):
    with pytest.raises(ConfigurationError, match=name) as refused:
        load("testing", **{name: key})
    assert key.strip() not in str(refused.value)


@pytest.mark.parametrize(
    "prices", ['{"m": {"imput": 1}}', '{"m": {"input": -1}}', '{"m": 1}', "[]", "{"]
)
def test_prices_that_mean_nothing_are_refused(elsewhere, monkeypatch, prices):
    monkeypatch.setenv("SPARK_PRICES", prices)
    with pytest.raises(ConfigurationError, match="SPARK_PRICES"):
        load("testing")
