# Two commands on a fresh machine: `make run` and `make test`. Both make their own environment.

VENV := .venv
PYTHON := $(VENV)/bin/python
LIVE := .venv-live
# Tests start hundreds of processes: compiled anew, our code takes each a second more.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test test-live check format bench-interview bench-chat bench-store bench-concurrency bench-overhead bench-export torture-store chaos clean

run: $(VENV)/run
	$(PYTHON) run_api.py --config development

test: $(VENV)/dev $(VENV)/programs
	$(PYTHON) -m pytest -n auto

test-live: $(VENV)/dev $(LIVE)/ready
	$(PYTHON) -m pytest tests/live

check: $(VENV)/dev $(VENV)/programs
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy
	$(PYTHON) -m pytest -n auto --cov=src --cov-report=term:skip-covered

format: $(VENV)/dev
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .

bench-interview: $(VENV)/dev
	$(PYTHON) -m benchmarks.interview

bench-chat: $(VENV)/dev
	$(PYTHON) -m benchmarks.chat

bench-store: $(VENV)/dev
	$(PYTHON) -m benchmarks.store

bench-concurrency: $(VENV)/dev
	$(PYTHON) -m benchmarks.concurrency

bench-overhead: $(VENV)/dev
	$(PYTHON) -m benchmarks.overhead

bench-export: $(VENV)/dev
	$(PYTHON) -m benchmarks.export

torture-store: $(VENV)/dev
	$(PYTHON) -m benchmarks.torture

chaos: $(VENV)/dev
	$(PYTHON) -m benchmarks.chaos

clean:
	rm -rf $(VENV) $(LIVE) .pytest_cache .mypy_cache .ruff_cache .hypothesis

# Markers stand for what is installed, so that a changed requirement is installed again.
$(VENV)/bin/python:
	python3 -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/run: requirements_api.txt | $(VENV)/bin/python
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -r requirements_api.txt
	@touch $@

$(VENV)/dev: requirements_dev.txt requirements_api.txt requirements_gevent.txt requirements_otel.txt | $(VENV)/bin/python
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -r requirements_dev.txt
	@touch $@ $(VENV)/run

# Where they cannot be had, the tests that need them say so, and all others run.
$(VENV)/programs: tests/programs.sh | $(VENV)/bin/python
	@if sh tests/programs.sh $(VENV)/debian; then touch $@; fi

$(LIVE)/bin/python:
	python3 -m venv $(LIVE) || { rm -rf $(LIVE); exit 1; }

$(LIVE)/ready: tests/live/requirements.txt | $(LIVE)/bin/python
	$(LIVE)/bin/python -m pip install --quiet --disable-pip-version-check -r tests/live/requirements.txt
	@touch $@
