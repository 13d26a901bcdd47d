"""Runs llama.cpp's own HTTP server. Run as a script: model file, port, key, name of the model."""

from __future__ import annotations

import sys
import threading

import xllamacpp


def parameters(model: str, port: str, key: str, name: str) -> xllamacpp.CommonParams:
    """What `llama-server --model … --port … --api-key … --alias …` would set, and some limits."""
    params = xllamacpp.CommonParams()
    params.model.path = model
    params.hostnames, params.port = ["127.0.0.1"], int(port)
    params.api_keys, params.model_alias = [key], {name}
    params.n_parallel, params.n_ctx = 2, 32768
    params.n_predict = 4096  # an answer that finds no end is cut here
    params.sampling.seed = 7  # the same question, the same answer
    params.cpuparams.n_threads = 1  # the model is too small to share out
    params.warmup = False
    return params


if __name__ == "__main__":
    server = xllamacpp.Server(parameters(*sys.argv[1:]))
    threading.Event().wait()
