# The entry points of the project; continuous integration calls the same ones.
# Each target does its own set-up and does it once.

VENV := .venv
BIN := $(VENV)/bin
SETUP := requirements.lock pyproject.toml scripts/setup.sh
ifeq ($(shell uname),Darwin)
export DYLD_FALLBACK_LIBRARY_PATH ?= /opt/homebrew/lib:/usr/local/lib
endif

.PHONY: help demo samples pictures test test-fast lint types contracts docs texts bench lock format clean

help: ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(VENV)/.report-ready: $(SETUP)
	@scripts/setup.sh report

$(VENV)/.test-ready: $(SETUP)
	@scripts/setup.sh test

demo: $(VENV)/.report-ready samples ## validate the sample returns, print figures and reports into demo-output/
	$(BIN)/apr demo

samples: $(VENV)/.report-ready ## fill the sample returns from their source tables
	$(BIN)/python -m sample_submissions.builder

test: $(VENV)/.test-ready lint types contracts samples ## everything that must hold
	$(BIN)/pytest -n 2 --cov --cov-report=term

test-fast: $(VENV)/.test-ready samples ## the core suite, without LibreOffice
	$(BIN)/pytest -n 2 -m "not slow"

lint: $(VENV)/.test-ready ## ruff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(VENV)/.test-ready ## let ruff correct what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(VENV)/.test-ready ## mypy, strict
	$(BIN)/mypy

contracts: $(VENV)/.test-ready ## one-way imports
	$(BIN)/lint-imports --no-cache

docs: $(VENV)/.test-ready ## write the generated pages of docs/
	$(BIN)/python scripts/generate_docs.py

texts: $(VENV)/.test-ready ## bring the catalogues of translations up to date
	$(BIN)/python scripts/update_texts.py

pictures: $(VENV)/.test-ready demo ## the pictures of the README
	$(BIN)/python scripts/make_pictures.py

bench: $(VENV)/.report-ready samples ## ratios against peers and bounds, in one run
	$(BIN)/python -m benchmarks

lock: $(VENV)/.test-ready ## resolve the dependencies anew (uv)
	$(BIN)/python -m pip install --quiet uv && scripts/lock.sh

clean: ## remove what was built
	rm -rf demo-output dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage*
