#!/usr/bin/env bash
# Runs what takes longer than a test should: sweeps over all finite floats (the longest part: a formula in double at each), bits of
# exported C and CUDA, 20 seeds of each sampler, a Spark of its own; tests tagged "long". A line a minute says
# which test is at work; what has not ended after 30 minutes is stopped, and the script fails.
set -euo pipefail
cd "$(dirname "$0")/.."
limit=${LONG_EVIDENCE_MINUTES:-30}
log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo "long evidence: at most $limit minutes"
timeout "$((limit * 60))" mvn -B -ntp verify -Plong > >(tee "$log" | grep --line-buffered -E "Running|Tests run|ERROR|BUILD" || true) 2>&1 &
run=$!
minutes=0
while kill -0 "$run" 2>/dev/null; do
  for _ in $(seq 60); do
    kill -0 "$run" 2>/dev/null || break
    sleep 1
  done
  minutes=$((minutes + 1))
  if kill -0 "$run" 2>/dev/null; then
    echo "$minutes min: $(grep -E "Running|Tests run" "$log" | tail -1)"
  fi
done
status=0
wait "$run" || status=$?
if [ "$status" -eq 124 ]; then
  echo "stopped after $limit minutes; LONG_EVIDENCE_MINUTES gives it more" >&2
fi
exit "$status"
