#!/usr/bin/env bash
# Runs what takes longer than a test should: sweeps over all finite floats and other tests tagged "long".
set -euo pipefail
cd "$(dirname "$0")/.."
exec mvn -B -ntp verify -Plong
