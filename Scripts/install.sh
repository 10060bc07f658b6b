#!/bin/sh
# Installs what the package can use and this machine lacks. Silent and quick when nothing is missing.
#
# Swift is the one thing without which nothing works; it is asked for, never installed. The rest is installed where that
# takes no question: on Debian and its relatives, as root or with a sudo that asks for no password. Anywhere else this
# script says what is missing and goes on.
set -eu

# Debian packages that make Jacobi faster or more complete but that it does without, separated by spaces: LLVM for the
# native engine, and OpenBLAS for its matrix products.
optional_packages="${JACOBI_OPTIONAL_PACKAGES-libllvm19 libopenblas0-pthread}"

say() {
  printf 'install: %s\n' "$*" >&2
}

has() {
  command -v "$1" >/dev/null 2>&1
}

if ! has swift; then
  say "swift is missing. Install Swift 6.1 or newer from https://www.swift.org/install/ and run this again."
  exit 1
fi

# What is missing, as names of Debian packages.
missing=""
for tool in git make; do
  has "$tool" || missing="$missing $tool"
done
if has dpkg-query; then
  for package in $optional_packages; do
    state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing="$missing $package"
  done
elif [ -n "$optional_packages" ]; then
  say "not looked for on this system, and not strictly needed: $optional_packages"
fi

missing="${missing# }"
if [ -z "$missing" ]; then
  exit 0
fi

if ! has apt-get; then
  say "please install with this system's own means: $missing"
  exit 0
fi

if [ "$(id -u)" -eq 0 ]; then
  as_root=""
elif has sudo && sudo -n true 2>/dev/null; then
  as_root="sudo -n"
else
  say "not root, so these are left out: $missing"
  say "to install them: sudo apt-get install --no-install-recommends $missing"
  exit 0
fi

say "installing $missing"
# The lists of a fresh container are empty; elsewhere they may be old, which the second try mends.
# Neither $as_root nor $missing may be quoted: both are lists of words.
# shellcheck disable=SC2086
install() {
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $1 >/dev/null
}
# shellcheck disable=SC2086
if install "$missing" 2>/dev/null || { $as_root apt-get update -qq && install "$missing" 2>/dev/null; }; then
  exit 0
fi
# Releases have different versions of some: what there is of them.
for package in $missing; do
  install "$package" 2>/dev/null || say "could not install $package, and goes on without it"
done
