# Two commands on a fresh machine: `make run` and `make test`. Both make their own environment.

VENV := .venv
PYTHON := $(VENV)/bin/python
LIVE := .venv-live
export PYTHONDONTWRITEBYTECODE := 1

.PHONY: run test test-live check format bench-interview bench-health bench-chat bench-store torture-store clean

run: $(VENV)/run
	$(PYTHON) run_api.py --config development

test: $(VENV)/dev
	$(PYTHON) -m pytest -n auto

test-live: $(VENV)/dev $(LIVE)/ready
	$(PYTHON) -m pytest tests/live

check: $(VENV)/dev
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy
	$(PYTHON) -m pytest -n auto --cov=src --cov-report=term:skip-covered

format: $(VENV)/dev
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .

bench-interview: $(VENV)/dev
	$(PYTHON) -m benchmarks.interview

bench-health: $(VENV)/dev
	$(PYTHON) -m benchmarks.health

bench-chat: $(VENV)/dev
	$(PYTHON) -m benchmarks.chat

bench-store: $(VENV)/dev
	$(PYTHON) -m benchmarks.store

torture-store: $(VENV)/dev
	$(PYTHON) -m benchmarks.torture

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

$(LIVE)/bin/python:
	python3 -m venv $(LIVE) || { rm -rf $(LIVE); exit 1; }

$(LIVE)/ready: tests/live/requirements.txt | $(LIVE)/bin/python
	$(LIVE)/bin/python -m pip install --quiet --disable-pip-version-check -r tests/live/requirements.txt
	@touch $@
