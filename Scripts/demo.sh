#!/bin/sh
# The example of the talk "Automatic Differentiation: An Introduction", by the command line tool: the value, the
# gradient, and the three traces. Takes the path of the tool, or else finds it in the release build.
set -eu

cd "$(dirname "$0")/.."
tool="${1:-$(swift build -c release --show-bin-path)/jacobi}"
formula='log(x1) + x1*x2 - sin(x2)'
point='x1=2,x2=5'

# Prints a command as one would type it, then runs it.
show() {
  command=$1
  shift
  printf '\n$ jacobi %s "%s" --at %s%s\n' "$command" "$formula" "$point" "${*:+ $*}"
  "$tool" "$command" "$formula" --at "$point" "$@"
}

printf 'f(x1, x2) = %s at (2, 5)\n' "$formula"
show eval
show grad
show trace
show trace --mode forward --along 1,0
show trace --mode reverse
