#!/usr/bin/env bash
# The ./parfocal script as a user meets it: from elsewhere, through a link, with blanks in paths, with bad input and with
# signals. Builds if need be; then takes well under a minute.
set -u

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../../.." && pwd -P)
work=$(mktemp -d "${TMPDIR:-/tmp}/parfocal smoke.XXXXXX")
trap 'rm -rf "$work"' EXIT
failures=0

# check WHAT COMMAND...: runs the command and counts a failure.
check() {
  local what=$1
  shift
  if "$@"; then
    echo "ok    $what"
  else
    echo "FAIL  $what"
    failures=$((failures + 1))
  fi
}

# run NAME ARGUMENTS...: runs the program; its output is in NAME.out and NAME.err, its exit code in NAME.code.
run() {
  local name=$1
  shift
  "$program" "$@" >"$work/$name.out" 2>"$work/$name.err" </dev/null
  echo $? >"$work/$name.code"
}

exited() { [ "$(cat "$work/$1.code")" = "$2" ]; }
lines() { [ "$(grep -c '' "$work/$1.$2")" = "$3" ]; }

program=$root/parfocal
run warm --version
check "it builds and says its version" grep -q '^parfocal 0' "$work/warm.out"

mkdir "$work/other place"
ln -s "$root/parfocal" "$work/other place/link to it"
cd "$work/other place" || exit 1
program="$work/other place/link to it"

run losses losses
check "it runs from elsewhere through a link" grep -q '^focal ' "$work/losses.out"
check "it says nothing more" lines losses err 0

printf 'logit,target\n0.5,1\n-3,0\n' >"my points.csv"
run compute compute focal --input "my points.csv" --output "my results.csv"
check "compute reads and writes paths with blanks" grep -q '^0.5,1,' "my results.csv"
check "Java's announcement of its vector module is not shown" lines compute err 0

"$program" compute focal --set gamma=0 --input - <"my points.csv" >"$work/piped.out"
check "compute reads standard input" grep -q '^-3,0,' "$work/piped.out"

printf 'logit,target\n0.5,oops\n' >bad.csv
run bad compute focal --input bad.csv
check "bad input ends with exit code 2" exited bad 2
check "and one line" lines bad err 1
check "which names the place" grep -q "bad.csv, line 2, column 'target': 'oops' is not a number" "$work/bad.err"

run typo shwo
check "a typo ends with exit code 2" exited typo 2

printf 'loss wrong(logit; target in {0, 1})\nexample (0; 1) = 3\n(sigmoid(logit) - target)^2\n' >wrong.loss
run wrong check wrong.loss
check "a loss that fails a check ends with exit code 1" exited wrong 1

JAVA_HOME=/nowhere run elsewhere --version
check "a JAVA_HOME that leads nowhere is passed over" exited elsewhere 0

mkdir "$work/empty"
ln -s "$(command -v dirname)" "$(command -v readlink)" "$(command -v sed)" "$(command -v head)" "$work/empty/"
JAVA_HOME='' PATH=$work/empty /bin/bash "$program" losses >"$work/nojava.out" 2>"$work/nojava.err"
check "no Java at all ends with exit code 3" [ $? = 3 ]
check "and says what to do" grep -q 'needs Java 17 or newer' "$work/nojava.err"

run synth synth --images 6 --out scenes
check "synth draws a data set" exited synth 0
"$program" train --data scenes --out runs/x --size 64x64 --epochs 5000 >"$work/train.out" 2>"$work/train.err" &
trainer=$!
for _ in $(seq 1 60); do
  [ -s runs/x/metrics.jsonl ] && break
  sleep 0.5
done
kill -TERM $trainer
wait $trainer
check "a signal stops a training" [ $? -gt 128 ]
check "which says how to go on" grep -q "link to it' train --out runs/x --resume" "$work/train.err"
check "and has its checkpoint" [ -s runs/x/checkpoint.safetensors ]

[ "$failures" = 0 ] || { echo "$failures failed"; exit 1; }
echo "all well"
