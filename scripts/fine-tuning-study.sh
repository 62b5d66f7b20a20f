#!/usr/bin/env bash
# Fine-tunes NanoDet-g's published weights on blood cells, and trains the same network from nothing, with the same budgets and
# seeds; rewrites the table and the picture of docs/fine-tuning.md. Use a quiet machine: about 20 minutes on two cores.
# Stopped, it goes on.
#   scripts/fine-tuning-study.sh nanodet-g.safetensors BCCD     BCCD: a folder in VOC layout
#   EPOCHS="2 8 16" SEEDS="1 2 3" OUT=runs/long for another study.
set -euo pipefail
if [ $# -ne 2 ]; then
  sed -n '5s/^# *//p' "$0" >&2
  exit 2
fi
weights=$(realpath "$1")
data=$(realpath "$2")
cd "$(dirname "$0")/.."
parfocal=${PARFOCAL:-./parfocal}
out=${OUT:-runs/fine-tuning}
page=docs/fine-tuning.md
epochs=${EPOCHS:-4 8}
seeds=${SEEDS:-1 2}
options=(--model nanodet --data "$data" --format voc --train-split trainval --val-split test --size 320x240 --quiet)
slower=(--with optimizer.parts.backbone.rate=0.5 --with optimizer.parts.fpn.rate=0.5)
mkdir -p "$out"

train() { # name, then options
  local run=$out/$1
  shift
  [ -f "$run.txt" ] && return
  rm -rf "$run"
  $parfocal train "${options[@]}" --out "$run" "$@" >"$run.tmp"
  mv "$run.tmp" "$run.txt"
}

value() { # run, key: from its evaluation, three digits
  grep -o "\"$2\" *: *[0-9.]*" "$out/$1/evaluation.json" | head -1 | grep -o '[0-9.]*$' | LC_ALL=C awk '{ printf "%.3f", $1 }' | sed 's/^0//'
}

for n in $epochs; do
  for seed in $seeds; do
    train "published-$n-$seed" --weights "$weights" "${slower[@]}" --epochs "$n" --seed "$seed"
    train "nothing-$n-$seed" --epochs "$n" --seed "$seed"
  done
done

table() {
  echo '| epochs | start | seed | AP | AP50 | AP75 | training |'
  echo '|---|---|---|---|---|---|---|'
  for n in $epochs; do
    for start in published nothing; do
      for seed in $seeds; do
        run=$start-$n-$seed
        time=$(sed -n 's/^trained in \([^,]*\),.*/\1/p' "$out/$run.txt")
        echo "| $n | $start | $seed | $(value "$run" AP) | $(value "$run" AP50) | $(value "$run" AP75) | $time |"
      done
    done
  done
}

table >"$out/table.md"
awk -v table="$out/table.md" '
  /<!-- table -->/ { print; while ((getline line < table) > 0) print line; inside = 1; next }
  /<!-- end of table -->/ { inside = 0 }
  !inside { print }' "$page" >"$out/page.md"
cp "$out/page.md" "$page"
last=${epochs##* }
cp "$out/published-$last-${seeds%% *}/predictions.jpg" docs/images/fine-tuning.jpg
echo "wrote $page" >&2
