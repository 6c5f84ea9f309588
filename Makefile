# make test      builds everything and runs all tests
# make demo      the main job, on a copy of Vault/
# make install   PREFIX=~/.local
# make help      the rest

PREFIX ?= $(HOME)/.local
SWIFT ?= swift
STAGE := build/stage

.PHONY: help bootstrap build test test-sync test-engine test-browser bench-site demo install uninstall format lint bench transcripts pictures clean bench-growth bench-parts

help:
	@echo "make test         build everything and run all tests"
	@echo "make test-sync    prove that sync loses nothing: scenarios, faults, random edits; MINUTES=10 a part"
	@echo "make test-engine  prove the search engine: faults, hostile queries, sanitizers, fuzzing; VAULT=DIR"
	@echo "make test-browser open every page of the example site in a browser, print the resume; kill a build at every step"
	@echo "make demo         the main job on a copy of Vault/, step by step, into build/demo"
	@echo "make install      install under PREFIX ($(PREFIX))"
	@echo "make uninstall    take it away again; notes and settings stay"
	@echo "make bench        time folio against ripgrep and the sqlite3 shell on a vault: VAULT=DIR"
	@echo "make bench-site   time the site of 200 projects and 2,000 notes"
	@echo "make bench-growth how build, size and queries grow with the vault: COUNTS=\"1000 5000\""
	@echo "make bench-parts  time parts of the engine by themselves (Tests/Benchmarks)"
	@echo "make transcripts  write what the commands print now into Tests/Transcripts and README.md"
	@echo "make pictures     the pictures of the README, from the documents of the demo"
	@echo "make format       format the sources"
	@echo "make lint         check their format"
	@echo "make clean        remove what was built"

bootstrap:
	@scripts/bootstrap

build: bootstrap
	$(SWIFT) build

test:
	@scripts/bootstrap tests
	scripts/stage $(STAGE)
	FOLIO_STAGE=$(CURDIR)/$(STAGE) $(SWIFT) test

# Sync against real servers, under faults and for long: MINUTES bounds each of its parts.
MINUTES ?= 10
test-sync:
	@scripts/bootstrap tests
	scripts/stage $(STAGE)
	FOLIO_MERGE_SEEDS=1000 $(SWIFT) test --filter MergeModelTests
	FOLIO_STAGE=$(CURDIR)/$(STAGE) MINUTES=$(MINUTES) Tests/SyncProof/prove

# The search engine under faults, sanitizers and made-up input, for about an hour and a half with
# MINUTES=10 for each part that goes on for as long as it may; VAULT="DIR DIR" hold notes to compare its
# answers on with what the formulas give.
test-engine:
	@scripts/bootstrap tests
	scripts/stage $(STAGE)
	FOLIO=$(CURDIR)/$(STAGE)/bin/folio MINUTES=$(MINUTES) VAULT="$(VAULT)" Tests/EngineProof/prove

# Every page in a headless Chromium, two validators, and a kill at every system call of a build.
test-browser:
	@scripts/bootstrap tests
	@scripts/bootstrap browser
	scripts/stage $(STAGE)
	Tests/Browser/prove $(STAGE)
	Tests/Browser/kills $(STAGE)
	Tests/Browser/resume $(STAGE)

demo: bootstrap
	scripts/stage $(STAGE)
	scripts/demo $(STAGE)

install: bootstrap
	scripts/stage $(PREFIX)
	@scripts/after-install $(PREFIX)

uninstall:
	rm -f $(PREFIX)/bin/folio $(PREFIX)/share/man/man1/folio.1
	rm -f $(PREFIX)/share/bash-completion/completions/folio
	rm -f $(PREFIX)/share/zsh/site-functions/_folio
	rm -f $(PREFIX)/share/fish/vendor_completions.d/folio.fish
	rm -rf $(PREFIX)/libexec/folio $(PREFIX)/share/folio

format:
	$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Tests Templates

lint:
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests Templates

bench: bootstrap
	scripts/stage $(STAGE)
	scripts/bench $(STAGE) $(VAULT)

bench-site: bootstrap
	scripts/stage $(STAGE)
	scripts/bench-site $(STAGE)

bench-growth: bootstrap
	scripts/stage $(STAGE)
	scripts/bench-growth $(STAGE)/libexec/folio/folio-bench $(COUNTS)

bench-parts: bootstrap
	cd Tests/Benchmarks && $(SWIFT) package --allow-writing-to-package-directory benchmark

transcripts: bootstrap
	scripts/stage $(STAGE)
	FOLIO_STAGE=$(CURDIR)/$(STAGE) FOLIO_WRITE_TRANSCRIPTS=1 $(SWIFT) test --filter TranscriptTests

pictures: demo
	scripts/pictures

clean:
	rm -rf .build .build-release build
