# The portal's development stack. `make` alone lists the targets.
#
# Go's own caches make builds incremental, so every target that needs bin/portal simply builds it.

.DEFAULT_GOAL := help
.PHONY: help deps assets generate build demo demo-reset test check drill faults fuzz mutants night sbom bench fmt psql migration golden

tool := go tool -modfile=tools/go.mod

# Without its folder's name in it, what one checkout has compiled serves the next: CI tests a fresh clone each time.
export GOFLAGS := $(shell go env GOFLAGS) -trimpath

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  %-12s %s\n", $$1, $$2 }'

deps: ## install what the development stack runs on: Postgres, and the npm packages of OpenID provider and Typst
	@scripts/install-postgres.sh
	@scripts/npm-ci.sh internal/devstack/oidc
	@scripts/npm-ci.sh internal/devstack/typst

assets: ## bring the stylesheets and fonts that are embedded
	@scripts/assets.sh

generate: ## templ; nothing else is generated
	$(tool) templ generate

build: ## bin/portal
	@[ -e bin/portal ] || echo 'Building bin/portal; with empty caches this takes about two minutes …'
	go build -o bin/portal ./cmd/portal

demo: deps assets build ## the whole portal with its own Postgres, OpenID provider and demo data
	@exec bin/portal demo

demo-reset: ## forget the demo's data
	@scripts/demo-reset.sh

test: deps assets build ## everything that must hold, browser tests included; installs what it needs
	@scripts/test.sh

check: deps assets ## what CI runs: format, vet, staticcheck, govulncheck, generated files, go test -race
	@scripts/check.sh

drill: deps assets build ## shut instances down under load fifty times, and beside the release before; hold the load of a day; prints the figures
	@scripts/drill.sh

faults: deps assets build ## kill, cut, fill up and take away what the portal runs on while people write; prints the figures
	@scripts/faults.sh

fuzz: deps assets ## every fuzz target for FUZZTIME (1m; a release wants 10000000x); prints how many executions there were
	@scripts/fuzz.sh

mutants: deps assets ## change the security rooms in small ways and count what their tests notice; ROOMS says which
	@scripts/mutants.sh

night: deps assets ## 10,000 random walks over row security, then fuzz and mutants; prints the figures
	@scripts/night.sh

sbom: build ## bin/portal.cdx.json: what is inside bin/portal (CycloneDX)
	go build -o bin/sbom ./cmd/sbom
	bin/sbom bin/portal web/package-lock.json > bin/portal.cdx.json

bench: deps assets build ## measure pages and writes at 1, 10 and 100 times the data; the table goes to bench/
	@mkdir -p bench
	go build -o bin/testpg ./cmd/testpg
	bin/testpg go test ./web -run '^$$' -bench . -benchmem -benchtime 200x -timeout 60m -portal $(CURDIR)/bin/portal -report $(CURDIR)/bench/report.md | tee bench/benchmarks.txt
	@cat bench/report.md

fmt: ## format Go and templ files
	$(tool) gofumpt -w $$(git ls-files '*.go' ':!*_templ.go')
	$(tool) templ fmt web

psql: ## psql in the database of the running demo (DB=portal)
	@DB=$(or $(DB),portal) scripts/psql.sh

migration: ## the next pair of migration files: make migration name=add_decision_reason
	@scripts/migration.sh '$(name)'

golden: deps assets ## rewrite the golden files; read the diff
	go build -o bin/testpg ./cmd/testpg
	bin/testpg go test -run Golden $$(git grep -l 'flag.Bool("update"' -- '*_test.go' | xargs -n 1 dirname | sort -u | sed 's|^|./|') -update
