#!/bin/sh
# Fails when the compiler takes long to type-check
#
#   - an expression of the formulas in Tests/TypeCheckingTests: more than LIMIT milliseconds, 200 unless the environment
#     says otherwise
#   - the body of a function in Sources: more than BODY_LIMIT milliseconds, 300 unless the environment says otherwise
#
#   Scripts/check-type-checking.sh             check
#   Scripts/check-type-checking.sh --times     also print the slowest of both, in milliseconds
#
# The modules are built first; then the files are type-checked alone, so that nothing is compiled with the flags. What is
# too slow is checked again, up to three times in all: the compiler counts the time that it computes itself, but on a busy
# machine computing is slower, too.
set -eu

cd "$(dirname "$0")/.."
limit="${LIMIT:-200}"
body_limit="${BODY_LIMIT:-300}"
scratch="${SCRATCH:-.build}"

swift build --scratch-path "$scratch" --product jacobi >&2
products="$(swift build --scratch-path "$scratch" --show-bin-path)"
numerics="$scratch/checkouts/swift-numerics/Sources/_NumericsShims/include"
# The name that SwiftPM gives the package, whose modules see each other's `package` declarations.
package="$(basename "$PWD" | tr '[:upper:]' '[:lower:]' | tr -c '[:alnum:]\n' '_')"

output="$(mktemp)"
trap 'rm -f "$output"' EXIT
failed=0

# Type-checks files with more arguments; prints the warnings of each of three attempts until there are none.
check() {
  title=$1
  shift
  for attempt in 1 2 3; do
    swiftc -typecheck -swift-version 6 -package-name "$package" -I "$products/Modules" \
      -I "$numerics" -Xcc "-fmodule-map-file=$numerics/module.modulemap" ${TOOLCHAIN_FLAGS:-} "$@" >"$output" 2>&1 ||
      { cat "$output" >&2; exit 1; }
    if [ "${times:-}" = "--times" ] && [ "$attempt" = 1 ]; then
      echo "$title:"
      grep -E "^[0-9.]+ms" "$output" | sort -rn | head -12
    fi
    grep -qE "warning: .* took [0-9]+ms to type-check" "$output" || return 0
  done
  grep -E "warning: .* took [0-9]+ms to type-check" "$output"
  failed=1
}

times="${1:-}"
for file in Tests/TypeCheckingTests/*.swift; do
  check "$file" -parse-as-library -Xfrontend "-warn-long-expression-type-checking=$limit" \
    -Xfrontend "-warn-long-function-bodies=$((limit * 5))" -Xfrontend -debug-time-expression-type-checking "$file"
done
for folder in Sources/*/; do
  module="$(basename "$folder" | tr - _)"
  kind=-parse-as-library
  [ ! -f "$folder/main.swift" ] || kind=
  # No file of this project has a space in its name.
  # shellcheck disable=SC2046,SC2086
  check "$module" $kind -wmo -module-name "$module" -Xfrontend "-warn-long-function-bodies=$body_limit" \
    -Xfrontend -debug-time-function-bodies $(find "$folder" -name '*.swift')
done

if [ "$failed" = 1 ]; then
  echo "type-checking takes longer than $limit ms for a formula, or $body_limit ms for a function; see above" >&2
  exit 1
fi
echo "every formula type-checks in less than $limit ms, every function of Sources in less than $body_limit ms"
