#!/usr/bin/env bash
# Trains with and without each technique, all else equal, and rewrites docs/studies.md. Use a quiet machine.
#   scripts/studies.sh           every study; a run that is there already in runs/studies is not repeated
#   scripts/studies.sh --page    rewrites the page from the runs that are there
# BCCD=FOLDER names the blood cells (VOC layout); without it that section is left out. SEEDS="1 2" are the seeds.
#
# How to add a technique: a file of settings in scripts/studies/ (only what differs from the default run) and a line
# `study "what differs" WITHOUT WITH` below.
set -euo pipefail
cd "$(dirname "$0")/.."

out=$PWD/runs/studies
seeds=${SEEDS:-1 2}
bccd=${BCCD:-}
page_only=
[ "${1:-}" != --page ] || page_only=yes
mkdir -p "$out"
: >"$out/studies.tsv"

# The images and the budget of a section; every run in it gets these options.
section=
options=()
section() {
  section=$1
  shift
  options=("$@")
}

study() { # what differs, the settings without it, the settings with it
  local name seed
  printf '%s\t%s\t%s\t%s\n' "$section" "$1" "$2" "$3" >>"$out/studies.tsv"
  for name in "$2" "$3"; do
    for seed in $seeds; do
      run "$name" "$seed"
    done
  done
}

run() { # settings, seed
  local folder=$out/$1/$2
  if [ -n "$page_only" ] || [ -e "$folder/evaluation.json" ] || [ -e "$folder/stopped.txt" ]; then
    return
  fi
  rm -rf "$folder"
  mkdir -p "$out/$1"
  echo "$1, seed $2 ..." >&2
  if ! ./parfocal train --quiet "${options[@]}" --config "scripts/studies/$1.yaml" --seed "$2" --out "$folder" >"$out/run.log" 2>&1; then
    grep -q "^parfocal train: .*step" "$out/run.log" || { cat "$out/run.log" >&2; exit 1; }
    cp "$out/run.log" "$folder/stopped.txt"
    cat "$folder/stopped.txt" >&2
  fi
}

scenes=$out/scenes
if [ -z "$page_only" ] && [ ! -d "$scenes" ]; then
  ./parfocal synth --images 1600 --rare 0.03 --seed 11 --out "$scenes.new"
  mv "$scenes.new" "$scenes"
fi

# ---- Scenes: 160 to learn from, 160 others to be judged by ----------------------------------------------------------
section "Scenes" --data "$scenes" --train-split test --val-split val --size 128x96 --batch 4 --epochs 24
study "focal loss in place of varifocal" base focal
study "presence and counts beside detection" base tasks
study "a branch for the IoU, with focal loss" focal iou-branch
study "a branch for the centre-ness, with focal loss" focal centerness
study "three tasks balanced by uncertainty" tasks tasks-uncertainty
study "three tasks balanced by GradNorm" tasks tasks-gradnorm
study "three tasks balanced by dynamic averages" tasks tasks-dwa
study "three tasks balanced by PCGrad" tasks tasks-pcgrad
study "three tasks balanced by CAGrad" tasks tasks-cagrad

# ---- Blood cells: one classification loss after another, nothing else changed ----------------------------------------
if [ -n "$bccd" ] || [ -n "$page_only" ] && [ -d "$out/cells-bce" ]; then
  section "Blood cells (BCCD), one classification loss after another" \
    --data "$bccd" --format voc --train-split trainval --val-split test --size 160x120 --batch 4 --epochs 12
  study "focal in place of cross-entropy" cells-bce cells-focal
  study "varifocal in place of cross-entropy" cells-bce cells-varifocal
  study "quality focal in place of cross-entropy" cells-bce cells-quality-focal
fi

# ---- The page --------------------------------------------------------------------------------------------------------
cat >"$out/about.md" <<EOF
# Studies: with and without

Written by \`scripts/studies.sh\` from \`evaluation.json\` and \`metrics.jsonl\` of its runs; do not edit. Each row compares two
settings that differ in one technique, on equal images, initial weights, batches and steps; seeds: $seeds. AP is COCO's, on
images that the detector never saw: the mean over the seeds, and the lowest and highest. *Difference* is the mean of the
seeds' differences, and each of them. These are minutes of training on small pictures: they show that a technique works and
which way it moves a detector, and differences below about .02 AP are within the noise of the seed.

Scenes: 160 drawn pictures at 128 x 96, 24 passes in batches of 4.$(
  [ ! -d "$out/cells-bce" ] || echo " Blood cells: BCCD's trainval at 160 x 120, 12 passes in batches of 4, judged on its test images."
)
EOF
goals="-q -DskipTests -pl bench/studies -am compile dependency:build-classpath"
goals="$goals -DincludeScope=runtime -Dmdep.outputFile=target/studies.classpath"
mkdir -p bench/studies/target
mvn -o $goals >bench/studies/target/maven.log 2>&1 || mvn $goals
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "bench/studies/target/classes:$(cat bench/studies/target/studies.classpath)" \
  dev.parfocal.bench.studies.Studies "$out" docs/studies.md
echo "written: docs/studies.md"
