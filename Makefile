# Everything that a contributor or a machine does with this package, by one word each.

SWIFT ?= swift
SOURCES = Sources Tests Package.swift

# Without debug information the tool has a third of the size, and takes a tenth less time to build.
# Two threads make the code of one module.
RELEASE = -c release -debug-info-format none -Xswiftc -num-threads -Xswiftc 2

.PHONY: all build test all-tests thread-tests tool demo format lint install-tools clean

all: build

build: install-tools
	$(SWIFT) build

test: all-tests thread-tests

all-tests: install-tools
	$(SWIFT) test --parallel

# What several threads do, in a build in which the thread sanitizer watches; nothing where it does not work.
thread-tests: install-tools
	JACOBI_TEST_TARGETS=TransformsTests,NativeEngineTests \
		Scripts/sanitize.sh thread 'JIT|ThreadTests' || [ $$? -eq 69 ]

# The command line tool as users get it.
tool: install-tools
	$(SWIFT) build $(RELEASE) --product jacobi

# The talk's example, by the tool.
demo: tool
	Scripts/demo.sh "$$($(SWIFT) build $(RELEASE) --show-bin-path)/jacobi"

format:
	$(SWIFT) format --in-place --recursive $(SOURCES)

lint:
	$(SWIFT) format lint --strict --recursive $(SOURCES)

# Silent when nothing is missing.
install-tools:
	@Scripts/install.sh

clean:
	rm -rf .build .build-*
