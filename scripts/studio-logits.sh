#!/usr/bin/env bash
# Records the logits that the studio counts gradients on: trains the demo's detector, or takes a run that has trained, runs it
# on its validation, and writes the counts to where the studio finds them.
# Usage: scripts/studio-logits.sh [RUN]
set -euo pipefail
cd "$(dirname "$0")/.."
to=studio/src/main/resources/dev/parfocal/studio/logits.json
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
run=${1:-}
if [ -z "$run" ]; then
  ./parfocal demo --out "$folder/demo"
  run=$folder/demo
fi
./parfocal studio --run "$run" >"$folder/address" &
server=$!
until grep -q '^http' "$folder/address"; do
  kill -0 "$server"
  sleep 0.5
done
address=$(grep '^http' "$folder/address")
origin=${address%%/#*}
curl -fsS -X POST -H "Origin: $origin" -H "X-Parfocal-Token: ${address##*#}" -d '{}' "$origin/api/logits" |
  sed "s/of the detector of the run [^,]*, on \([0-9]*\) images* of its validation/of the detector that 'parfocal demo' trains, on \1 of its scenes for validation/" \
    >"$folder/logits.json"
grep -q '"negatives"' "$folder/logits.json"
mv "$folder/logits.json" "$to"
echo "$to"
