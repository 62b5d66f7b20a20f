#!/usr/bin/env bash
# Checks that NanoDet-g's published weights give the outputs that were recorded of them.
#   scripts/nanodet-golden.sh nanodet-g.safetensors nanodet-g.golden.json
set -euo pipefail
if [ $# -ne 2 ]; then
  sed -n '2,3s/^# *//p' "$0" >&2
  exit 2
fi
weights=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
golden=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
cd "$(dirname "$0")/.."
exec mvn -q -B -ntp -pl training -am test -Dtest=NanoDetGolden -Dsurefire.failIfNoSpecifiedTests=false \
  "-Dnanodet.weights=$weights" "-Dnanodet.golden=$golden"
