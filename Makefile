# Thin on purpose: each target is one script, so that it can be read, run and changed without make.

.PHONY: help run dev build test lint fuzz simulate mutants bench corpora
.DEFAULT_GOAL := help

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

run: ## install what is missing, build, and serve on http://127.0.0.1:8480 with everything under ./data
	@scripts/run.sh

dev: ## pages and server with live reload, from the development profile
	@scripts/dev.sh

build: ## the pages and the release binary, target/release/countersign
	@scripts/setup.sh run
	@scripts/build-web.sh
	cargo build --release --locked -p countersign

test: ## every test there is, browser included; ends with a plain count
	@scripts/test.sh

lint: ## formatting, clippy, documentation, pages and shell scripts; a warning is an error
	@scripts/lint.sh

fuzz: ## the property suites of the pure crates with many more cases (CASES=20000)
	@scripts/fuzz.sh

simulate: ## 10,000 runs of random people, stops and clocks on each database (RUNS=…, COUNTERSIGN_SEED=…)
	@scripts/simulate.sh

mutants: ## does a test notice each change to the rules in crates/envelope?
	@scripts/mutants.sh

bench: ## figures beside peers and beside the machine's limits
	@scripts/bench.sh

corpora: ## sign every PDF of strangers; pyHanko, qpdf and pdfsig judge the result
	@scripts/corpora.sh
