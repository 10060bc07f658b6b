#!/bin/sh
# Makes the tests in Tests/DocumentationTests/Generated from the Swift blocks of README.md and Documentation. Run it
# after a change of a document; a test fails while they differ. What it does is Tests/DocumentationTests/SnippetGenerator.swift.
set -eu

cd "$(dirname "$0")/.."
folder=Tests/DocumentationTests
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

cat >"$work/main.swift" <<'SWIFT'
import Foundation

let folder = CommandLine.arguments[1]
for path in CommandLine.arguments.dropFirst(2) {
  let text = try String(contentsOfFile: path, encoding: .utf8)
  guard let tests = SnippetGenerator.tests(of: text, path: path) else { continue }
  try tests.write(toFile: "\(folder)/\(SnippetGenerator.fileName(of: path))", atomically: true, encoding: .utf8)
}
SWIFT
swiftc -swift-version 6 -o "$work/extract" "$folder/SnippetGenerator.swift" "$work/main.swift"

rm -f "$folder"/Generated/*.swift
mkdir -p "$folder/Generated"
# Names of documents have no spaces.
# shellcheck disable=SC2046
"$work/extract" "$folder/Generated" README.md $(find Documentation -name '*.md' | sort)
