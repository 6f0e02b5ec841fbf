# `make run` serves carbon-api and shows it at work; `make test` checks everything. Both set themselves up.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq install --constraint constraints.txt

# Bytecode is kept, or every start would pay for compiling it again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test test-slow lint format audit openapi bench soak clean

run: $(VENV)/ready
	@exec $(BIN)/python scripts/run.py $(if $(PORT),--port $(PORT))

test: lint
	$(BIN)/pytest -n 2 -m "not slow"

test-slow: $(VENV)/ready-dev
	$(BIN)/pytest -m slow

lint: $(VENV)/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/bandit --quiet --configfile pyproject.toml --recursive carbon_api
	$(BIN)/hadolint Dockerfile
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.compose-spec compose.yaml
	$(BIN)/carbon-api factors lint
	$(BIN)/carbon-api openapi --check

format: $(VENV)/ready-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Needs the advisories of the world, so it is no part of the tests; its tool keeps out of the pinned dependencies.
audit: $(VENV)/ready-dev
	@$(PYTHON) -m venv $(VENV)/audit
	@$(VENV)/audit/bin/python -m pip --disable-pip-version-check -qq install pip-audit
	$(VENV)/audit/bin/pip-audit --requirement constraints.txt --no-deps --disable-pip

openapi: $(VENV)/ready-dev
	$(BIN)/python -m scripts.examples
	$(BIN)/carbon-api openapi > openapi.yaml

bench: $(VENV)/ready-dev
	$(BIN)/python -m scripts.bench --peer

soak: $(VENV)/ready-dev
	$(BIN)/python -m scripts.soak $(if $(DATABASE),--database $(DATABASE)) $(if $(MINUTES),--minutes $(MINUTES)) $(if $(SEED),--seed $(SEED))

clean:
	rm -rf $(VENV)

# A stamp is newer than what it was made from, so setting up again does nothing until a dependency moves.
$(VENV)/ready: pyproject.toml constraints.txt
	@PYTHON="$(PYTHON)" sh scripts/venv.sh $(VENV)
	@echo "Installing the pinned dependencies in $(VENV) …"
	@$(PIP) hatchling editables
	@$(PIP) --no-build-isolation --editable ".[ai]"
	@touch $@

$(VENV)/ready-dev: $(VENV)/ready tests/oracles/package-lock.json
	@echo "Installing the tools that check the project …"
	@$(PIP) --no-build-isolation --editable ".[ai,redis,dev]"
	@cd tests/oracles && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --silent --no-audit --no-fund
	@touch $@
