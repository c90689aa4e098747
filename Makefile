# The two commands: `make run` and `make test-all`. `make help` lists the rest.
# Needed: Python 3.11 to 3.13 with venv, make, git. Paths are relative, so that any folder will do.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh

PORT ?= 8000
PURE := sealing selection checking
ROOMS := core accounts catalogue demand tenders awards contracts payments oversight procurement
# Arguments for pytest, as in ARGS="tests/core -x", and for the race.
ARGS ?=

SUITABLE := import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 14))
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c '$(SUITABLE)' 2>/dev/null && echo $$python && break; done)

# Two environments, so that testing never disturbs what runs. Each carries a stamp with the fingerprint of what
# was installed, written last: without it (an interrupted installation, other pins) it is made anew.
fingerprint = $(shell { cat $(1) constraints.txt; $(PYTHON) -c 'import sys; print(sys.version_info, sys.prefix)'; } \
	2>/dev/null | cksum | cut -d ' ' -f 1)
RUN := .venv/ready-$(call fingerprint,requirements.txt)
DEV := .venv-dev/ready-$(call fingerprint,requirements.txt requirements-dev.txt)
RUN_PYTHON := .venv/bin/python
DEV_PYTHON := .venv-dev/bin/python

.PHONY: help
help:
	@echo 'make run         everything on this machine, on PORT=8000; Ctrl-C stops it'
	@echo 'make reset-demo  the demo anew, as of today; DEMO_LANGUAGE=zh-hans or en for its names'
	@echo 'make test        every rule, act, page and endpoint, in minutes; ARGS="tests/core -x" for some'
	@echo 'make test-all    what every commit has to pass: the same, in browsers, as whole installations and whole tenders'
	@echo 'make check       style, types, imports, migrations, deployment, security, translations'
	@echo 'make nightly     all of that in full length and size: the tender beside its model, marked bids, time; hours'
	@echo 'make durations   measure how long each test file takes, on a quiet machine; ARGS="tests/core/test_money.py"'
	@echo 'make drill       an installation backed up, destroyed, restored to an instant and looked at, as docs/operations.md says'
	@echo 'make faults      thirty-three faults planted in copies, each to be found; ARGS="3 7" for some'
	@echo 'make bench       orders, bids, imports, and a catalogue of 1,000,000, beside the same by hand; ARGS="catalogue --rows 200000"'
	@echo 'make race        10,000 submissions around a deadline, and the reckoning; ARGS=--kill with kill -9'
	@echo 'make clean       removes both environments; var/ with the data stays'

.PHONY: run
run: $(RUN)
	@PORT=$(PORT) exec $(RUN_PYTHON) -m procurement.supervisor

.PHONY: reset-demo
reset-demo: $(RUN)
	@PORT=$(PORT) $(RUN_PYTHON) manage.py reset_demo

# On all cores and one process more, each taking the next file, the longest first (tests/plugin/durations.py).
# Bytecode is kept whatever the caller says: every process that a test starts would compile all of it again.
unexport PYTHONDONTWRITEBYTECODE
PYTEST := $(DEV_PYTHON) -m pytest -rs --numprocesses=auto --dist=loadfile

.PHONY: test test-all durations
test: $(DEV)
	@$(PYTEST) -m 'not browser and not whole and not nightly' $(ARGS)

test-all: $(DEV)
	@$(PYTEST) -m 'not nightly' $(ARGS)

durations: $(DEV)
	@$(PYTEST) -m 'not nightly' --record-durations $(ARGS)

# `make -k check` tells everything that is wrong, not only the first thing.
.PHONY: check style types imports migrations deployment security translations
check: style types imports migrations deployment security translations

style: $(DEV)
	$(DEV_PYTHON) -m ruff check .
	$(DEV_PYTHON) -m ruff format --check .

types: $(DEV)
	$(DEV_PYTHON) -m mypy core $(PURE) $(filter-out docs/% $(addsuffix /%,core $(PURE)),$(wildcard */rules* */actions*))

imports: $(DEV)
	PYTHONPATH=. .venv-dev/bin/lint-imports --no-logo

migrations: $(DEV)
	$(DEV_PYTHON) -W 'ignore:Got an error checking a consistent migration history' \
		manage.py makemigrations --check --dry-run

deployment: $(DEV)
	DATABASE_URL=postgresql://web:secret@127.0.0.1/procurement REDIS_URL=redis://:secret@127.0.0.1/0 \
	SECRET_KEY=checks-the-settings-of-an-installation-and-nothing-else ALLOWED_HOSTS=procurement.example PUBLIC_URL=https://procurement.example \
	RECEIPT_SIGNING_KEY=$(shell printf '%064d' 0) EMAIL_URL=smtp://127.0.0.1:25 TRAIL_HEADS_TO=mailto:auditor@b.example TRUSTED_PROXIES=1 DEFAULT_FROM_EMAIL=a@b.example \
		$(DEV_PYTHON) manage.py check --deploy --fail-level WARNING

security: $(DEV)
	$(DEV_PYTHON) -m bandit --quiet --recursive --severity-level medium --confidence-level medium $(PURE) $(ROOMS)

translations: $(DEV)
	$(DEV_PYTHON) manage.py translations --check

.PHONY: nightly
nightly: $(DEV)
	@$(PYTEST) $(ARGS)
	@MACHINE=nightly MARKED_BIDS=200 HIDDEN_BIDS=50 $(PYTEST) $(ARGS) \
		tests/machine tests/tenders/test_marked_bids.py tests/tenders/test_bidding_hidden.py
	@TIMED_CALLS=2000 $(DEV_PYTHON) -m pytest -rs $(ARGS) tests/tenders/test_bidding_time.py
	@$(DEV_PYTHON) -m tests.drill
	@$(DEV_PYTHON) -m tests.bench catalogue --rows 5000000

.PHONY: drill
drill: $(DEV)
	@$(DEV_PYTHON) -m tests.drill

.PHONY: faults
faults: $(DEV)
	@$(DEV_PYTHON) -m tests.faults $(ARGS)

.PHONY: bench
bench: $(DEV)
	@$(DEV_PYTHON) -m tests.bench $(ARGS)

.PHONY: race
race: $(DEV)
	@$(DEV_PYTHON) -m tests.bench deadline $(ARGS)

.PHONY: clean
clean:
	rm -rf .venv .venv-dev

.venv/ready-%: REQUIREMENTS := requirements.txt
.venv-dev/ready-%: REQUIREMENTS := requirements-dev.txt

.venv/ready-% .venv-dev/ready-%:
	@test -n '$(PYTHON)' || { echo 'Python 3.11, 3.12 or 3.13 with venv is needed' \
		'(on Debian: apt install python3 python3-venv)' >&2; exit 1; }
	@echo "Installing into $(@D) (once, under a minute)"
	@rm -rf $(@D)
	@$(PYTHON) -m venv $(@D)
	@$(@D)/bin/python -m pip install --quiet --disable-pip-version-check --requirement $(REQUIREMENTS)
	@touch $@
