# Two commands matter: `make run` and `make test`. Each sets up what it needs from Python 3.11 or later and nothing else.
# Settings are variables: PRACTICE=stockton make run, PORT=9000 make run, DATABASE_URL=postgresql://... make run.
.POSIX:
.PHONY: help run test test-spark check fix seed bench docs stop clean bootstrap browser

FAMILIES = 120
PROCESSES = 3

help:
	@echo 'make run     set up, start, and say where it is and who may sign in'
	@echo 'make test    set up, check and test everything, in a real browser too'
	@echo 'make test-spark   linking and rules on Spark too: needs Java 17, and fetches pyspark'
	@echo 'make check   style, types, floors, templates'
	@echo 'make fix     put style right where it can be done safely'
	@echo 'make seed    an invented authority of any size: make seed FAMILIES=50000'
	@echo 'make bench   speed and scale, against limits and peers'
	@echo 'make docs    write the generated pages again'
	@echo 'make stop    stop what make run started, wherever it runs'
	@echo 'make clean   throw away the environment, the data and what tools kept'

bootstrap:
	@scripts/bootstrap

browser: bootstrap
	@.venv/bin/python -m hearth.config.browser

run: bootstrap
	@exec .venv/bin/hearth run

stop:
	@test ! -x .venv/bin/hearth || .venv/bin/hearth stop

seed: bootstrap
	@.venv/bin/hearth seed --families $(FAMILIES)

# What is compiled once is kept, also where Python is told to keep nothing: three processes read all tests.
test: bootstrap browser check
	PYTHONDONTWRITEBYTECODE= .venv/bin/pytest --numprocesses $(PROCESSES) --dist loadscope

test-spark: bootstrap
	@.venv/bin/uv pip install --python .venv/bin/python --quiet --system-certs --require-hashes -r requirements-spark.txt
	@.venv/bin/python -c 'import sys; from hearth.linkage.on_spark import what_is_missing; sys.exit(what_is_missing() or 0)'
	.venv/bin/pytest -n0 hearth/linkage/tests/test_on_spark.py hearth/intelligence/insight/tests/test_on_spark.py hearth/intelligence/insight/tests/test_find_concerns.py

check: bootstrap
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/djlint hearth --lint --quiet

fix: bootstrap
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

bench: bootstrap
	.venv/bin/python -m benchmarks

docs: bootstrap
	.venv/bin/hearth docs

# Run by root from a private home, PostgreSQL's data lies elsewhere and var/ points to it.
clean: stop
	@for link in var/postgres var/test-postgres-*; do test ! -L "$$link" || rm -rf "$$(dirname "$$(readlink "$$link")")"; done
	rm -rf .venv var .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
