#!/bin/sh
# Fails when a long formula of Tests/TypeCheckingTests takes the compiler more than LIMIT milliseconds to type-check.
#
#   Scripts/check-type-checking.sh             check
#   Scripts/check-type-checking.sh --times     also print the slowest expressions, in milliseconds
#
# LIMIT is 200 unless the environment says otherwise. The modules are built first, then only the formulas are
# type-checked, so that nothing else is compiled with the flags.
set -eu

cd "$(dirname "$0")/.."
limit="${LIMIT:-200}"
scratch="${SCRATCH:-.build}"

swift build --scratch-path "$scratch" --target Jacobi >&2
products="$(swift build --scratch-path "$scratch" --show-bin-path)"
numerics="$scratch/checkouts/swift-numerics/Sources/_NumericsShims/include"

output="$(mktemp)"
trap 'rm -f "$output"' EXIT
failed=0
for file in Tests/TypeCheckingTests/*.swift; do
  swiftc -typecheck -swift-version 6 -parse-as-library -I "$products/Modules" -I "$numerics" \
    ${TOOLCHAIN_FLAGS:-} \
    -Xfrontend "-warn-long-expression-type-checking=$limit" \
    -Xfrontend "-warn-long-function-bodies=$((limit * 5))" \
    -Xfrontend -debug-time-expression-type-checking \
    "$file" >"$output" 2>&1 || { cat "$output" >&2; exit 1; }
  if grep -E "warning: .* took [0-9]+ms to type-check" "$output"; then failed=1; fi
  if [ "${1:-}" = "--times" ]; then
    echo "$file:"
    grep -E "^[0-9.]+ms" "$output" | sort -rn | head -12
  fi
done

if [ "$failed" = 1 ]; then
  echo "type-checking takes longer than $limit ms; simplify the overloads that these formulas meet" >&2
  exit 1
fi
echo "every formula type-checks in less than $limit ms"
