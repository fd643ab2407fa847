# make demo: try it.   make test: prove it.   make check: read it over.   make bench-sign_ups: measure it.   See README.md.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: demo test test-deep check format migration-check translations lock clean

demo: $(VENV)/.run-ready
	$(BIN)/alpes demo

test: $(VENV)/.test-ready
	tools/system_packages.sh chromium
	$(BIN)/python tools/run_tests.py

test-deep: $(VENV)/.test-ready $(VENV)/.readers-ready
	tools/system_packages.sh chromium
	ALPES_TEST_DEPTH=deep $(BIN)/python tools/run_tests.py

check: $(VENV)/.test-ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/check_migrations.py
	$(BIN)/python tools/check_translations.py

bench-%: $(VENV)/.test-ready
	PYTHONPATH=. $(BIN)/python -W ignore bench/$*.py $(ARGS)

format: $(VENV)/.test-ready
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

translations: $(VENV)/.test-ready
	$(BIN)/python tools/check_translations.py --list

lock:
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -q -o requirements/dev.txt
	uv pip compile pyproject.toml requirements/build.in --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -q -c requirements/dev.txt -o requirements/run.txt
	uv pip compile --group readers --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -q -c requirements/dev.txt -o requirements/readers.txt

$(VENV)/bin/python:
	tools/system_packages.sh venv
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run-ready: requirements/run.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.test-ready: requirements/dev.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@ $(VENV)/.run-ready

$(VENV)/.readers-ready: requirements/readers.txt | $(VENV)/.test-ready
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/readers.txt
	touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .import_linter_cache
