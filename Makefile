# What one types; README.md says what each does. Needs only Python >= 3.11 and make.
PYTHON ?= python3
PORT ?= 8000
BIN = .venv/bin

.PHONY: run test check setup bench talk review lock dev

run: setup
	@$(BIN)/python main.py serve --port $(PORT)

talk: setup
	@$(BIN)/python main.py talk

setup: .venv/run.stamp

dev: .venv/dev.stamp

.venv/run.stamp: requirements.lock
	@$(PYTHON) tools/setup_venv.py .venv requirements.lock
	@touch $@

.venv/dev.stamp: requirements-dev.lock .venv/run.stamp
	@$(PYTHON) tools/setup_venv.py .venv requirements-dev.lock
	@touch $@

check: dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python tools/budgets.py
	@$(BIN)/python main.py content

test: dev
	@$(BIN)/python tools/browser.py
	@$(BIN)/python -m pytest -n 2

bench: dev
	@$(BIN)/python tools/bench.py

review: setup
	@$(BIN)/python main.py review

lock: dev
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock
