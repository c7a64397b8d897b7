# Everything a fresh machine with Python and make needs: `make demo`, `make test`.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test check format bench explorer clean

demo: .venv/installed ## Build the bundled sample and say what to open
	@$(BIN)/concite build -o concite-graph
	@$(BIN)/concite export concite-graph --to turtle -o graph.ttl 2>/dev/null
	@$(BIN)/concite export concite-graph --to html -o graph.html 2>/dev/null
	@echo "open graph.html in a browser, or ask: $(BIN)/concite query concite-graph --example most-cited"

test: .venv/tested ## Run all tests; those that need Chromium or shared data skip visibly without
	$(BIN)/python -m pytest -q -n 2

check: .venv/tested ## Lint, format, types, vocabulary
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/concite ontology lint

format: .venv/tested
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

explorer: ## Rebuild the bundles of the explorer and of the query page from their sources (needs Node)
	cd exports/explorer && npm ci --no-audit --no-fund && npm run build
	cd exports/editor && npm ci --no-audit --no-fund && npm run build

.venv/installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

.venv/tested: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test]'
	@touch $@

clean:
	rm -rf .venv concite-graph graph.ttl graph.html build *.egg-info
