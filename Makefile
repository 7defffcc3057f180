# Two commands matter: `make run` and `make test`. Both install what they need into .venv first.
# They need Python 3.11 or newer, git and make; nothing else.
PYTHON ?= python3
DATA ?= ../shared/data
BIN := .venv/bin
RUN_STAMP := .venv/.egide-run
TEST_STAMP := .venv/.egide-dev
INSTALL := $(PYTHON) scripts/install.py
export PYTHONDONTWRITEBYTECODE =
.DEFAULT_GOAL := help
.PHONY: help run test lint format bench docs clean

help: ## Affiche cette aide
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r name text; do printf '%-14s%s\n' "$$name" "$$text"; done

$(RUN_STAMP): pyproject.toml requirements/run.txt requirements/model.txt requirements/build.txt scripts/install.py
	@$(INSTALL) run

$(TEST_STAMP): pyproject.toml requirements/dev.txt requirements/model.txt requirements/build.txt scripts/install.py
	@$(INSTALL) dev

run: $(RUN_STAMP) ## Installe, puis démarre Égide avec l'entreprise d'exemple et le modèle local
	@$(BIN)/egide demo

test: $(TEST_STAMP) ## Installe, puis passe les contrôles de forme et tous les tests
	@$(PYTHON) scripts/chromium.py
	@$(MAKE) --no-print-directory lint
	$(BIN)/pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder $(PYTEST)

lint: $(TEST_STAMP) ## Contrôles de forme : ruff, mypy, sens des parties, gabarits, orthographe
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djade --check --target-version 5.2 $$(git ls-files '*.html')
	$(BIN)/codespell

format: $(TEST_STAMP) ## Met en forme le code et les gabarits
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	-$(BIN)/djade --target-version 5.2 $$(git ls-files '*.html')

bench: $(TEST_STAMP) ## Mesure la qualité et la vitesse (DATA=dossier des textes annotés)
	@$(BIN)/python scripts/bench.py $(DATA)

docs: $(RUN_STAMP) ## Refait les tables de docs/ tirées du code
	@$(BIN)/python scripts/docs.py

clean: ## Retire ce qui a été construit (garde .data)
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
