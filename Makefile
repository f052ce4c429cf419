# Two commands need nothing set up before: `make demo` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
LEDGER ?= quellenlage.db
DEMO_LEDGER = demo.db
PORT ?= 8017

.PHONY: help setup demo test lint serve bench model test-training clean

help:
	@echo "make demo           set up, read the sample articles, print the ledger, serve the pages"
	@echo "make demo SERVE=0   the same without serving the pages"
	@echo "make test           set up, check style and types, run all tests"
	@echo "make serve          serve the pages of $(LEDGER)"
	@echo "make bench          score the reader on held-back articles and the sample, and time it"
	@echo "make model          train the reader's model from the corpus (needs PyTorch; an hour and a half on two cores with 16-bit products)"
	@echo "make model GO_ON=1  the same from the shipped model: a third of the time"
	@echo "make test-training  the tests of training and of the model's export (needs PyTorch)"

$(BIN)/python:
	@echo "== Making a virtual environment in $(VENV)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Quellenlage needs Python 3.11 or newer; call make PYTHON=python3.11")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/core: $(BIN)/python requirements.txt pyproject.toml
	@echo "== Installing Quellenlage and what it needs (about a minute)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/dev: $(VENV)/core requirements-dev.txt
	@echo "== Installing what the tests need"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

# Where it cannot be built the tests of its export are skipped.
$(VENV)/ftm: $(VENV)/dev requirements-ftm.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-ftm.txt 2>/dev/null \
		|| echo "== Without followthemoney, which needs a compiler and ICU's headers (Debian: g++, pkg-config, libicu-dev)"
	@touch $@

$(VENV)/train: $(VENV)/dev requirements-train.txt
	@echo "== Installing PyTorch and the base model"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-train.txt
	@touch $@

setup: $(VENV)/core

demo: $(VENV)/core
	@echo "== Reading the sample articles into $(DEMO_LEDGER)"
	@$(BIN)/quellenlage read sample/*.json --ledger $(DEMO_LEDGER)
	@echo "== The ledger"
	@$(BIN)/quellenlage ledger --ledger $(DEMO_LEDGER)
	@echo "== The deals that it adds up to"
	@$(BIN)/quellenlage deals --ledger $(DEMO_LEDGER)
ifneq ($(SERVE),0)
	@echo "== Serving the pages"
	@$(BIN)/quellenlage serve --ledger $(DEMO_LEDGER) --port $(PORT)
endif

lint: $(VENV)/dev
	@echo "== Style (ruff) and types (mypy --strict)"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

test: lint $(VENV)/ftm
	@echo "== Tests"
	@$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

serve: $(VENV)/core
	@$(BIN)/quellenlage serve --ledger $(LEDGER) --port $(PORT)

bench: $(VENV)/dev
	@$(BIN)/python -m benchmarks

model: $(VENV)/train
	@$(BIN)/python -m training $(if $(GO_ON),--go-on)

test-training: $(VENV)/train
	@$(BIN)/python -m pytest tests/training

clean:
	rm -rf $(VENV) $(DEMO_LEDGER)*
