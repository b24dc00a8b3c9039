# heed: `make run` to see it work, `make test` to prove it. What is missing is installed.

CONFIG   := release
# One binary that carries the Swift runtime; chosen once, for switching it rebuilds everything.
RELEASE  := -c release --static-swift-stdlib
HEED     := .build/release/heed
PREFIX   ?= /usr/local
DATA     ?= data
PORT     ?= 8080
VENV     := .venv

FUZZ_SECONDS ?= 600
FUZZ_SEED    ?= 1

.PHONY: run build test long torture fuzz bench plot format lint clean install deps test-deps

run: build
	@$(HEED) --data $(DATA) publish
	@if [ ! -s $(DATA)/accounts.jsonl ]; then $(HEED) --data $(DATA) demo; fi
	@$(HEED) --data $(DATA) serve --port $(PORT) --demo

build: deps
	swift build $(RELEASE) --product heed

test: deps test-deps
	@Tests/run debug

long: deps test-deps
	@Tests/run release

# The fault suite to its full length: kills, power cuts, failing calls, full disks, a flood. About half an hour; HEED_SEED repeats one.
torture: build test-deps
	@Tests/run torture

# The compiler under libFuzzer; ends at a crash, a hang or 512 MiB, and keeps inputs of more than a second. What it finds is in artifacts/fuzz/found.
fuzz: deps
	@HEED_FUZZ=1 swift build -c release --scratch-path .build-fuzz --product CompilerFuzzer -Xswiftc -sanitize=fuzzer -Xswiftc -parse-as-library
	@mkdir -p artifacts/fuzz/corpus artifacts/fuzz/found && cp surveys/*.xml artifacts/fuzz/corpus
	@.build-fuzz/release/CompilerFuzzer artifacts/fuzz/corpus -dict=Tests/Fuzzing/survey.dict -seed=$(FUZZ_SEED) \
		-max_total_time=$(FUZZ_SECONDS) -timeout=5 -report_slow_units=1 -rss_limit_mb=512 -max_len=40000 -artifact_prefix=artifacts/fuzz/found/ -print_final_stats=1

bench: build test-deps
	@Benchmarks/run $(HEED)

# Submissions a second against connections, beside SQLite: prints the table and draws docs/pictures/throughput.svg.
plot: build
	@Benchmarks/throughput/run $(HEED)

format:
	swift format -i -r Package.swift Sources Tests

lint:
	swift format lint --strict -r Package.swift Sources Tests

clean:
	rm -rf .build .build-* artifacts

install: build
	install -d $(PREFIX)/bin
	install -s -m 755 $(HEED) $(PREFIX)/bin/heed

deps:
	@Tests/install libxml2-dev pkg-config

test-deps:
	@Tests/install libxml2-utils python3-venv chromium fonts-noto-core w3m
	@Tests/install --optional gcc strace util-linux eatmydata faketime fuse3 libfuse2 wrk
	@Tests/install --python $(VENV)
