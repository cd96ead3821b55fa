# The two commands of the README are `make run` and `make test`; `make check` is the gate for a commit.
PYTHON ?= python3
UV := .venv/bin/uv
BIN := .venv/bin

.PHONY: run test fuzz torture check bench messages install format clean

run: install
	@$(BIN)/python -m bot run

test: install
	@$(BIN)/pytest -n 2 --dist loadgroup

# Random updates of other kinds at every run, about 100,000 of them: half an hour.
fuzz: install
	@$(BIN)/pytest -n 2 --dist load --hypothesis-profile fuzz tests/flows/test_random_updates.py

# Killed, cut off, out of time and out of room, some 400 times over: half an hour.
torture: install
	@$(BIN)/pytest -n 2 --dist loadgroup -m "torture or slow" tests/torture

check: install
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/pytest -n 2 --dist loadgroup -m "not slow and not browser and not torture"

bench: install
	@$(BIN)/python -m tests.bench

# Bring the translations up to date with the sentences in the code; what is new has to be said in every language.
messages: install
	@mkdir -p var
	@$(BIN)/pybabel --quiet extract --omit-header --no-location --add-comments=Translators: --strip-comments \
		-k N_ -k pgettext:1c,2 -o var/collagebot.pot bot/chat bot/wording bot/publishing bot/editorial bot/errors.py
	@$(BIN)/pybabel --quiet update --ignore-pot-creation-date --no-fuzzy-matching --no-wrap \
		-i var/collagebot.pot -d bot/wording/locale -D collagebot

format: install
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format .

# Everything comes from uv.lock; the stamp is renewed whenever the lock or the project file changes.
install: .venv/.installed

.venv/.installed: uv.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed: apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed, this is $$($(PYTHON) --version). Try: make PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/python || $(MAKE) --no-print-directory .venv/bin/python
	@echo "Installing what uv.lock names …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.5'
	@UV_PROJECT_ENVIRONMENT=.venv $(UV) sync --quiet --frozen --inexact
	@touch $@

# Debian ships Python without the venv module unless python3-venv is there; virtualenv from PyPI needs nothing but pip.
.venv/bin/python:
	@echo "Making .venv …"
	@$(PYTHON) -m venv .venv >/dev/null 2>&1 || { rm -rf .venv; \
		$(PYTHON) -m pip install --quiet --target var/virtualenv virtualenv && \
		PYTHONPATH=var/virtualenv $(PYTHON) -m virtualenv --quiet .venv; } || \
		{ echo "No virtual environment could be made. Try: apt-get install python3-venv python3-pip"; exit 1; }

clean:
	rm -rf .venv var dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
