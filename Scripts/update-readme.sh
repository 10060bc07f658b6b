#!/bin/sh
# Puts the output of Scripts/demo.sh into README.md, between its markers. Takes the path of the tool, or else builds it.
set -eu

cd "$(dirname "$0")/.."
if [ $# -eq 0 ]; then
  swift build -c release --product jacobi >&2
  set -- "$(swift build -c release --show-bin-path)/jacobi"
fi
output="$(mktemp)"
readme="$(mktemp)"
trap 'rm -f "$output" "$readme"' EXIT
Scripts/demo.sh "$1" >"$output"
awk -v output="$output" '
  $0 == "<!-- demo -->" {
    print; print "```console"
    while ((getline line < output) > 0) print line
    print "```"; inside = 1; next
  }
  $0 == "<!-- /demo -->" { inside = 0 }
  !inside { print }
' README.md >"$readme"
cat "$readme" >README.md
