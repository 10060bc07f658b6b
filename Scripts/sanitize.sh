#!/bin/sh
# Runs the tests, or a part of them, in a build that watches every access to memory, those of generated code too.
#
#   Scripts/sanitize.sh thread [filter]     for accesses that race with those of other threads
#   Scripts/sanitize.sh address [filter]    for accesses outside of what is allocated
#
# With JACOBI_TEST_TARGETS=A,B it builds these test targets and no others, which takes a fraction of the time. It ends with a
# failure if a test fails or anything is found, with status 69 where no program can be watched so.
set -eu
cd "$(dirname "$0")/.."

usage="Scripts/sanitize.sh thread|address [filter]"
sanitizer="${1:?"which sanitizer? $usage"}"
case "$sanitizer" in
thread) export TSAN_OPTIONS="${TSAN_OPTIONS:-exitcode=66}" ;;
# Swift's run time keeps what it allocates once, and the tests ask for memory that no machine has. Where memory was
# allocated is kept for each stack that there ever was; code without frame pointers makes new ones all the time, until
# looking for one takes most of the run. ASAN_OPTIONS=...:malloc_context_size=30 shows more of a finding.
address) export ASAN_OPTIONS="${ASAN_OPTIONS:-detect_leaks=0:allocator_may_return_null=1:malloc_context_size=2}" ;;
*)
  echo "no sanitizer is named $sanitizer: $usage" >&2
  exit 64
  ;;
esac
# Each access takes several times as long.
export JACOBI_RANDOM="${JACOBI_RANDOM:-100}"

# Some systems lack the sanitizer's library, or forbid the memory layout that it needs.
probe=$(mktemp -d)
trap 'rm -rf "$probe"' EXIT
echo 'print("watched")' >"$probe/main.swift"
if ! { swiftc -sanitize="$sanitizer" "$probe/main.swift" -o "$probe/main" && "$probe/main"; } >"$probe/log" 2>&1; then
  echo "the $sanitizer sanitizer does not work here, so nothing is watched:" >&2
  cat "$probe/log" >&2
  exit 69
fi

"${SWIFT:-swift}" test --parallel --sanitize="$sanitizer" --scratch-path ".build-$sanitizer" ${2:+--filter "$2"}
