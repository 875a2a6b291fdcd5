# Every target calls one entry; it makes the course's environment on first use.
#   make lab LANG_EDITION=ko        the Korean edition
#   make test ARGS="unit -k quiz"   options for the command behind a target
PYTHON ?= python3
COURSE := $(PYTHON) tools/environment.py
ARGS ?=
LESSON ?=

.DEFAULT_GOAL := help
.PHONY: help lab test test-colab run build check bench lock

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

lab: ## open the course in JupyterLab (LANG_EDITION=ko for Korean, ARGS=--no-browser to get the address only)
	@$(COURSE) lab $(ARGS)

test: ## run every test (ARGS="unit", ARGS="notebooks", ARGS="unit -k quiz" for some)
	@$(COURSE) test $(ARGS)

test-colab: ## run the tests with the versions that Google Colab has
	@$(COURSE) test-colab $(ARGS)

run: ## run one lesson from start to end (LESSON=05)
	@$(COURSE) run $(LESSON) $(ARGS)

build: ## build the notebooks from lessons/ (LESSON=05 for one of them)
	@$(COURSE) build $(LESSON) $(ARGS)

check: ## check the sources against the rules of the course
	@$(COURSE) check $(ARGS)

bench: ## measure how fast training is here, against model.fit and NumPy (about 3 minutes)
	@$(COURSE) bench $(ARGS)

lock: ## resolve requirements.lock and environment.yml again (ARGS=--upgrade for newer versions)
	@$(COURSE) lock $(ARGS)
