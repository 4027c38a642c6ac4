# All that one needs to know: `make demo` to see Beraad, `make test` before a commit.
# Each installs what it lacks, so a fresh clone needs only make, git and a Swift toolchain.

PREFIX ?= /usr/local
ARGS ?=

.NOTPARALLEL:
.PHONY: help demo demo-room test test-faults soak fuzz bench bench-record bench-seating bench-host lint format build install clean setup setup-test setup-bench setup-seating setup-host setup-faults setup-room

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 22

demo: build ## build Beraad and open the ROGPlus demo here (ARGS="--language nl" goes to the program)
	@scripts/demo $(ARGS)

demo-room: setup-room build ## a whole hall side by side in tmux: facilitator, room screen and two note-takers
	@scripts/demo-room $(ARGS)

test: setup-test lint ## the gate: format, debug build with warnings as errors, every test
	@scripts/build debug
	@scripts/test

test-faults: setup-faults ## the record under kill -9, failing calls, power cuts and full disks (as root; ARGS="--quick" for seconds)
	@scripts/build faults
	@python3 -m unittest --quiet Tests/Faults/faults_test.py
	@python3 Tests/Faults/faults.py $(ARGS)

soak: setup-test ## a whole dagdeel of eight tables whose networks, laptops and host fail, in minutes (ARGS="7" for another seed)
	@scripts/build debug
	@scripts/soak $(ARGS)

fuzz: setup ## the readers under a fuzzer, records on simulated disks, 10 minutes each (ARGS="record 60" for one, 60 s)
	@scripts/fuzz $(ARGS)

bench: setup-bench build ## speed beside vim, tig and htop, in one table (ARGS="--quick" for a first look)
	@scripts/build bench
	@python3 Benchmarks/bench.py --in-process .build/benchmarks/release/InProcess $(ARGS)

bench-record: setup-bench build ## opening and writing a record beside JSONDecoder, SQLite and Redis (ARGS="--quick" for a first look)
	@scripts/build bench
	@python3 Benchmarks/record_bench.py $(ARGS)

bench-seating: setup-seating build ## seating beside OR-tools and Timefold, in one table (ARGS="--quick" for a first look)
	@python3 -m unittest --quiet Benchmarks/seating_test.py
	@python3 Benchmarks/seating_bench.py $(ARGS)

bench-host: setup-host build ## a host with 100 to 2,000 devices beside nginx with nchan (ARGS="--quick" for a first look)
	@python3 Benchmarks/host_bench.py $(ARGS)

lint: setup ## check the format of every Swift file, strictly
	@echo "Checking the format …"
	@scripts/swift format lint --strict --recursive --parallel .

format: setup ## format every Swift file in place
	@scripts/swift format --in-place --recursive --parallel .

build: setup ## the release binary, .build/release/beraad
	@scripts/build release

install: build ## the stripped release binary in PREFIX/bin (PREFIX=/usr/local)
	@install -D -m 755 -s .build/release/beraad "$(DESTDIR)$(PREFIX)/bin/beraad"
	@echo "Installed $(DESTDIR)$(PREFIX)/bin/beraad"

clean: ## remove everything that was built
	@rm -rf .build

# Swift is looked for first: without it there is no point in installing packages.
setup:
	@scripts/swift --check
	@scripts/setup run

setup-test:
	@scripts/swift --check
	@scripts/setup run test

setup-room:
	@scripts/swift --check
	@scripts/setup run room

setup-bench:
	@scripts/swift --check
	@scripts/setup run bench

setup-seating:
	@scripts/swift --check
	@scripts/setup run seating
	@scripts/seating-peers

setup-host:
	@scripts/swift --check
	@scripts/setup run host
	@scripts/host-peer

setup-faults:
	@scripts/swift --check
	@scripts/setup run faults
