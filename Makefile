# Everything that a contributor or a machine does with this package, by one word each.

SWIFT ?= swift
SOURCES = Sources Tests Package.swift

.PHONY: all build test all-tests thread-tests demo format lint install-tools clean

all: build

build: install-tools
	$(SWIFT) build

test: all-tests thread-tests

all-tests: install-tools
	$(SWIFT) test --parallel

# What several threads do, in a build in which the thread sanitizer watches; nothing where it does not work.
thread-tests: install-tools
	Scripts/sanitize.sh thread 'JIT|ThreadTests' || [ $$? -eq 69 ]

# The talk's example, by the tool as users get it.
demo: install-tools
	$(SWIFT) build -c release --product jacobi
	Scripts/demo.sh "$$($(SWIFT) build -c release --show-bin-path)/jacobi"

format:
	$(SWIFT) format --in-place --recursive $(SOURCES)

lint:
	$(SWIFT) format lint --strict --recursive $(SOURCES)

# Silent when nothing is missing.
install-tools:
	@Scripts/install.sh

clean:
	rm -rf .build .build-*
