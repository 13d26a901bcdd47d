"""Servers of other people that speak OpenAI's interface, in an environment of their own."""

from __future__ import annotations

import os
import subprocess
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..servers import free_port, running

HERE = Path(__file__).parent
PROGRAMS = HERE.parents[1] / ".venv-live" / "bin"
KEY = "sk-live"
LLAMA_MODEL = "spark-tiny"


@contextmanager
def llama_cpp(folder: Path) -> Iterator[str]:
    """llama.cpp over the tiny model, which fills in any schema; the server's base address."""
    port, model, python = free_port(), folder / "tiny.gguf", PROGRAMS / "python"
    subprocess.run([python, HERE / "tiny_model.py", model], check=True, env=_environment(folder))
    script = [str(python), str(HERE / "llama_server.py")]
    command = [*script, str(model), str(port), KEY, LLAMA_MODEL]
    with running(command, port, folder / "llama.log", _environment(folder)):
        yield _base_url(port, "/health")


@contextmanager
def litellm(folder: Path) -> Iterator[str]:
    """LiteLLM's proxy, with the answers of `litellm.yaml`; its base address."""
    port = free_port()
    command = [str(PROGRAMS / "litellm"), "--config", str(HERE / "litellm.yaml")]
    command += ["--host", "127.0.0.1", "--port", str(port)]
    with running(command, port, folder / "litellm.log", _environment(folder)):
        yield _base_url(port, "/health/liveliness")


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of ours: LiteLLM would read a `.env` and databases' addresses, and look up prices."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "LITELLM_MODE": "PRODUCTION",
        "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    }


def _base_url(port: int, health: str) -> str:
    """The base address, once the server is ready: it listens before its model is loaded."""
    address, patience = f"http://127.0.0.1:{port}", threading.Event()
    for _ in range(500):
        if _is_well(address + health):
            return f"{address}/v1"
        patience.wait(0.02)
    raise AssertionError(f"{address}{health} never became well")


def _is_well(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except urllib.error.URLError:
        return False
