# Rumourmill. `make help` lists the targets.
IN      ?= samples
OUT     ?= out
SITE    ?= site
WORKERS ?= 1
PYTHON  ?= python3
CHROMIUM ?= chromium
GOLD    ?= tests/gold/stories
BENCH_ARTICLES ?= 2000
BENCH_ROUNDS   ?= 3
BENCH_SIZES    ?=

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help setup extract report test test-browser crash check format model checksums bench bench-page docs screenshots lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

setup: .venv/run.stamp ## create .venv and install the package with its locked dependencies

extract: .venv/run.stamp ## extract tables from articles: make extract IN=folder OUT=folder WORKERS=2
	@$(BIN)/rumourmill extract "$(IN)" "$(OUT)" --workers $(WORKERS)

report: .venv/report.stamp ## write a web site of the tables: make report OUT=folder SITE=folder
	@$(BIN)/rumourmill report "$(OUT)" --to "$(SITE)"

test: .venv/dev.stamp ## run all tests except browser and documentation
	$(BIN)/python -m pytest -n 2 --dist worksteal

test-browser: .venv/browser.stamp ## test the report in a headless Chromium; installs Debian's if it is missing
	@command -v "$(CHROMIUM)" >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	    && apt-get update -qq && apt-get install -qq --no-install-recommends -y chromium; } \
	    || { echo "Chromium is missing and cannot be installed from here: apt-get install chromium as root, or" \
	    "make test-browser CHROMIUM=path" >&2; exit 1; }
	CHROMIUM="$(CHROMIUM)" $(BIN)/python -m pytest tests/browser --browser

crash: .venv/dev.stamp ## crash tests: 200 kills at random times, and every disk operation failing or killing the run once
	$(BIN)/python -m pytest tests/crash --long -v

check: .venv/dev.stamp ## check style, format, types, import contracts, and pins and hashes of the dependencies
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest tests/packaging/test_locks.py

format: .venv/dev.stamp ## format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

model: .venv/dev.stamp ## train, package and evaluate models/transfer_news (under an hour on two cores)
	cd models/training && PATH="$(CURDIR)/$(BIN):$$PATH" python -m spacy project run all
	@$(MAKE) --no-print-directory checksums

checksums: ## record the checksums of model and gazetteer, which are verified at the start of every run
	cd models && find gazetteer transfer_news -type f ! -name README.md | LC_ALL=C sort | xargs sha256sum >checksums.txt

bench: .venv/bench.stamp ## benchmark against stock spaCy, and profile the steps: make bench BENCH_SIZES=1000,10000,100000
	PYTHONPATH=models/training $(BIN)/python -m benchmarks --articles $(BENCH_ARTICLES) --rounds $(BENCH_ROUNDS) \
	    --sizes "$(BENCH_SIZES)" --json build/bench.json

bench-page: .venv/run.stamp ## write docs/performance.md and its charts from the last make bench
	$(BIN)/python -m benchmarks.page build/bench.json

docs: .venv/docs.stamp ## build the documentation in build/docs (warnings are errors) and run all code in it
	PYTHONPATH=. $(BIN)/python docs/tables_page.py
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m pytest tests/docs --docs -n 2

screenshots: .venv/browser.stamp ## take the screenshots in docs/images in a headless Chromium
	@command -v "$(CHROMIUM)" >/dev/null || { echo "Chromium is missing: apt-get install chromium" >&2; exit 1; }
	$(BIN)/rumourmill extract samples build/samples --quiet
	$(BIN)/rumourmill report build/samples --to build/report --quiet
	CHROMIUM="$$(command -v "$(CHROMIUM)")" $(BIN)/python docs/screenshots.py build/report

lock: .venv/dev.stamp ## update the locked dependencies in requirements/*.lock
	$(PIP) install uv
	$(BIN)/uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header \
	    --upgrade -o requirements/run.lock
	$(BIN)/uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header \
	    --upgrade --extra report -c requirements/run.lock -o requirements/report.lock
	$(BIN)/uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header \
	    --upgrade --extra report --extra cluster --extra test --extra check --extra model -c requirements/report.lock \
	    -o requirements/dev.lock
	$(BIN)/uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header \
	    --upgrade --extra browser -c requirements/dev.lock -o requirements/browser.lock
	$(BIN)/uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header \
	    --upgrade --extra bench -c requirements/dev.lock -o requirements/bench.lock
	$(BIN)/uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header \
	    --upgrade --extra docs -c requirements/dev.lock -o requirements/docs.lock

clean: ## remove .venv and all generated files
	rm -rf .venv out dist build

# A stamp that is older than its lock file means that the environment is out of date.
.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Rumourmill needs Python 3.11 or newer: make PYTHON=python3.11 ...")'
	$(PYTHON) -m venv .venv

.venv/run.stamp: pyproject.toml requirements/run.lock | .venv/bin/python
	$(PIP) install --require-hashes -r requirements/run.lock
	$(PIP) install --no-deps -e .
	@touch $@

.venv/dev.stamp .venv/report.stamp .venv/bench.stamp: .venv/run.stamp
.venv/browser.stamp .venv/docs.stamp: .venv/dev.stamp
.venv/%.stamp: requirements/%.lock
	$(PIP) install --require-hashes -r $<
	@touch $@
