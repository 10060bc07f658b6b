#!/bin/sh
# Compares what the compiler says to the mistakes in Tests/CompilerMessages/Mistakes.swift with messages.txt beside it.
#
#   Scripts/compiler-messages.sh           compare; fails where they differ
#   Scripts/compiler-messages.sh --write   write messages.txt anew: read the difference before committing it
#
# Messages are those of one version of Swift, which messages.txt names; with another one nothing is compared. The modules of a
# debug build are used.
set -eu

cd "$(dirname "$0")/.."
golden=Tests/CompilerMessages/messages.txt
source=Tests/CompilerMessages/Mistakes.swift
version="$(swiftc --version 2>/dev/null | sed -n 's/.*Swift version \([0-9.]*\).*/\1/p' | head -n 1)"
if [ "${1:-}" != "--write" ] && [ "$(head -n 1 "$golden")" != "Swift $version" ]; then
  echo "$golden is of $(head -n 1 "$golden"), this is Swift $version: nothing compared"
  exit 0
fi
products="$(swift build --show-bin-path)"
numerics=.build/checkouts/swift-numerics/Sources/_NumericsShims/include
text="$(mktemp)"
trap 'rm -f "$text"' EXIT
{
  echo "Swift $version"
  swiftc -typecheck -swift-version 6 -parse-as-library -I "$products/Modules" -I "$numerics" \
    -Xcc "-fmodule-map-file=$numerics/module.modulemap" "$source" 2>&1 |
    sed -n 's/^[^ ]*Mistakes\.swift:\([0-9]*\):[0-9]*: error: \(.*\)$/\1 \2/p' | sort -n -u |
    while read -r line message; do
      printf '\n%s\n  %s\n' "$(sed -n "${line}s/^ *//p" "$source")" "$message"
    done
} >"$text"
if [ "${1:-}" = "--write" ]; then
  cp "$text" "$golden"
else
  diff "$golden" "$text" || { echo "the compiler's messages have changed" >&2; exit 1; }
  echo "the compiler's messages are as they were"
fi
