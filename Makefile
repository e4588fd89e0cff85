# Everything a developer or operator types; `make` alone lists it. Longer steps live in scripts/.
.DEFAULT_GOAL := help
BIN := .venv/bin
PYTHON ?= $(or $(shell sh scripts/find_python.sh),false)
PORT ?= 8000
DEMO ?= 1
ARGS ?=
export PORT

.PHONY: help setup setup-dev run test lint e2e browser migrate translate vendor lock reliability bench bench-planning

help: ## show this list
	@awk 'BEGIN { FS = ":.*## " } /^[a-z0-9-]+:.*## / { printf "  %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## make .venv/ with the pinned packages and compile the translations (quick when nothing changed)
	@$(PYTHON) scripts/setup_venv.py

setup-dev: # the same with the packages for tests and lint
	@$(PYTHON) scripts/setup_venv.py --dev

run: setup ## serve on http://127.0.0.1:$(PORT) with the worker; PORT=, DATABASE_URL=, DEMO=0 change it
	@exec $(BIN)/flask db upgrade
	@if test "$(DEMO)" = 0; then exec $(BIN)/flask standards load; else exec $(BIN)/flask demo load --if-empty; fi
	@echo; echo "  Projektpool: http://127.0.0.1:$(PORT)   (Strg+C beendet)"; echo
	@exec $(BIN)/python scripts/serve.py

test: setup-dev browser ## all tests, on SQLite and PostgreSQL, in the browser too; ARGS= goes to pytest
	$(BIN)/pytest -n auto --dist worksteal $(ARGS)

lint: setup-dev ## style, types, direction of imports, templates, translations, dead code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/python scripts/translations.py check
	$(BIN)/vulture

e2e: setup-dev browser ## the browser tests alone
	$(BIN)/pytest -m e2e $(ARGS)

browser: ## find Chromium for the browser tests, or install it (root only)
	@sh scripts/browser.sh

migrate: setup ## write a migration from the models; M="what it does"
	@test -n "$(M)" || { echo 'Say what it does: make migrate M="add …"' >&2; exit 1; }
	$(BIN)/flask db migrate -m "$(M)"

translate: setup-dev ## bring translations/en up to date with the German texts of the source
	$(BIN)/python scripts/translations.py update

vendor: setup-dev ## fetch the pinned front-end files into static/vendor (needs npm)
	$(BIN)/python scripts/vendor.py

lock: ## pin the packages named in requirements*.in again (needs uv)
	sh scripts/lock.sh

reliability: setup-dev browser ## the fault and race tests at full length
	$(BIN)/pytest -m reliability --reliability=full $(ARGS)

bench: setup-dev ## pages and capacity data at two sizes, as ratios against a bare floor; ARGS="--db sqlite --size state"
	$(BIN)/python -m tests.bench $(ARGS)

bench-planning: setup-dev ## the targets of the optimiser; ARGS="--only 2,3 --quick --public DIRECTORY --write docs/benchmarks.md"
	$(BIN)/python -m tests.bench.planning $(ARGS)
