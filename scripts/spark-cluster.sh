#!/usr/bin/env bash
# Shows that a study survives the loss of a machine: starts a real cluster of Apache Spark from Maven's artifacts (a master
# and two workers on this machine), searches on it, kills a worker and its executor in the middle, and compares the result
# with the journal. Takes about three minutes on two cores, and once a download of about 220 MB.
#   scripts/spark-cluster.sh            leaves everything in runs/spark-cluster
#   OUT=DIR PORT=N TRIALS=N             elsewhere, on another port, with more trials
set -euo pipefail
cd "$(dirname "$0")/.."

out=${OUT:-runs/spark-cluster}
port=${PORT:-17077}
trials=${TRIALS:-6}
home=$PWD/spark/target/spark-home
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
master=spark://127.0.0.1:$port
processes=()

say() { printf '== %s\n' "$*"; }
fail() { say "FAILED: $*"; exit 1; }

stop_all() {
  local process
  for process in ${processes[@]+"${processes[@]}"}; do
    kill "$process" 2>/dev/null || true
  done
  wait
}
trap stop_all EXIT
trap 'exit 130' INT TERM

# start NAME CLASS ARGUMENTS...: a process of the cluster; its number is then in $started.
start() {
  local name=$1
  shift
  SPARK_HOME=$home SPARK_SCALA_VERSION=2.13 SPARK_LOCAL_IP=127.0.0.1 SPARK_LOCAL_DIRS=$PWD/$out/scratch \
    "$java" "${flags[@]}" -Xmx256m -cp "$home/jars/*" "$@" >"$out/$name.log" 2>&1 &
  started=$!
  processes[${#processes[@]}]=$started
}

# until_true WHAT COMMAND...: waits ten minutes at most.
until_true() {
  local what=$1 i
  shift
  for ((i = 0; i < 3000; i++)); do
    ! "$@" || return 0
    sleep 0.2
  done
  fail "$what did not happen within ten minutes; see the logs in $out"
}

says() { grep -qs "$2" "$out/$1.log"; }
checkpoints() { [ "$(find "$out/study/trials" -name checkpoint.safetensors 2>/dev/null | wc -l)" -ge "$1" ]; }
events() { cat "$out/study/journal.jsonl" 2>/dev/null | grep -c "\"event\":\"$1\"" || true; }
ended() { [ "$(events tell)" -ge "$1" ]; }

rm -rf "$out"
mkdir -p "$out/scratch"

if [ ! -f "$home/complete" ]; then
  say "copying Spark from Maven's artifacts"
  mvn -q -B -ntp -pl spark -am -DskipTests package dependency:copy-dependencies -DoutputDirectory="$home/jars" \
    -DincludeScope=compile -DexcludeGroupIds=dev.parfocal,tools.jackson.core,org.hipparchus,org.ow2.asm >"$out/mvn.log" 2>&1 ||
    fail "see $out/mvn.log"
  touch "$home/complete"
fi
flags=()
while IFS= read -r flag; do
  flags[${#flags[@]}]=$flag
done < <("$java" -cp "spark/target/classes:$home/jars/*" dev.parfocal.spark.JavaFlags)

start master org.apache.spark.deploy.master.Master --host 127.0.0.1 --port "$port" --webui-port 0
until_true "the master's start" says master 'New state: ALIVE'
for worker in 1 2; do
  start "worker$worker" org.apache.spark.deploy.worker.Worker --host 127.0.0.1 -c 1 -m 1g --webui-port 0 \
    -d "$PWD/$out/work$worker" "$master"
  until_true "the start of worker $worker" says "worker$worker" 'Successfully registered'
  eval "worker$worker=$started"
done
say "a master and two workers of one core each, at $master"

./parfocal synth --images 40 --seed 5 --out "$out/scenes" >/dev/null
search=(tune --data "$out/scenes" --out "$out/study" --trials "$trials" --search 'gamma, lr' --prune none
  --epochs 16 --batch 4 --size 128x96 --with evaluateEvery=4)
shown=${search[*]}
say "./parfocal ${shown/gamma, lr/\'gamma, lr\'} --on $master"
./parfocal "${search[@]}" --on "$master" >"$out/result.txt" 2>"$out/tune.log" &
study=$!
processes[${#processes[@]}]=$study

until_true "the end of two trials" ended 2
until_true "a checkpoint of both running trials" checkpoints $(($(events tell) + 2))
executor=$(pgrep -P "$worker1" | head -n 1)
[ -n "$executor" ] || fail "worker 1 has no executor"
kill -9 "$worker1" "$executor"
wait "$worker1" 2>/dev/null || true
say "killed worker 1 and its executor; $(events tell) of $trials trials were done"

code=0
wait "$study" || code=$?
sed 's/^/   /' "$out/tune.log"
[ "$code" = 0 ] || fail "the study ended with code $code"
grep -q '^lost executor .* tried again' "$out/tune.log" || fail "no trial was lost: the kill came too late"

[ "$(events ask)" = "$trials" ] || fail "the journal has $(events ask) trials"
[ "$(events tell)" = "$trials" ] || fail "the journal has $(events tell) results"
[ "$(grep '"event":"tell"' "$out/study/journal.jsonl" | grep -o '"trial":[0-9]*' | sort -u | wc -l)" = "$trials" ] ||
  fail "a trial has two results"
say "the journal has $trials trials and one result of each"

./parfocal "${search[@]}" --quiet >"$out/again.txt" 2>>"$out/tune.log"
cmp "$out/result.txt" "$out/again.txt" || fail "the journal tells another result"
say "what the study printed is what its journal says:"
sed 's/^/   /' "$out/result.txt"
