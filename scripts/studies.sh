#!/usr/bin/env bash
# Trains with and without each technique, all else equal, and rewrites docs/studies.md. Use a quiet machine.
#   scripts/studies.sh           every study; a run that is there already in runs/studies is not repeated
#   scripts/studies.sh --page    rewrites the page from the runs that are there
# BCCD=FOLDER names the blood cells (VOC layout); without it that section is left out. SEEDS="1 2" are the seeds.
#
# How to add a technique: a file of settings in scripts/studies/ (only what differs from the default run) and a line
# `study "what differs" WITHOUT WITH` below. A section's own settings are in scripts/studies/sections/.
set -euo pipefail
cd "$(dirname "$0")/.."

out=$PWD/runs/studies
settings=$PWD/scripts/studies
seeds=${SEEDS:-1 2}
mkdir -p "$out"
: >"$out/studies.tsv"
: >"$out/runs.tsv"

section() { # its title, its settings, its images
  title=$1 common=$2 images=$3
}

study() { # what differs, the settings without it, the settings with it
  local name seed
  printf '%s\t%s\t%s\t%s\n' "$title" "$1" "$2" "$3" >>"$out/studies.tsv"
  for name in "$2" "$3"; do
    for seed in $seeds; do
      printf '%s\t%s\t%s\t%s\t%s\n' "$settings/sections/$common.yaml" "$settings/$name.yaml" "$seed" "$images" \
        "$out/$name/$seed" >>"$out/runs.tsv"
    done
  done
}

section "Starting right and staying finite" scenes "$out/scenes"
study "gradients clipped by their norm (default)" no-clip base
study "gradients clipped by value" no-clip clip-value
study "gradients clipped adaptively (AGC)" no-clip clip-adaptive
study "average of weights (default)" no-average base
study "one-cycle rate (default)" constant-rate base
study "rate by steps" constant-rate step-rate
study "rate by a cosine" constant-rate cosine-rate
study "rate by a polynomial" constant-rate polynomial-rate
study "SGD with Nesterov's momentum in place of AdamW" base sgd
study "stages start as their shortcuts" base flat-residual
study "focal loss in place of varifocal" base focal
study "focal loss with a measured gain" focal focal-gain
study "cross-entropy with a measured gain" bce bce-gain
study "forward in bfloat16" base bfloat16
study "statistics and event files recorded at each step (default)" record-off base

section "Several objectives" scenes "$out/scenes"
study "presence and counts beside detection" base tasks
study "a branch for the IoU, with focal loss" focal iou-branch
study "a branch for the centre-ness, with focal loss" focal centerness
study "three tasks balanced by uncertainty" tasks tasks-uncertainty
study "three tasks balanced by GradNorm" tasks tasks-gradnorm
study "three tasks balanced by dynamic averages" tasks tasks-dwa
study "three tasks balanced by PCGrad" tasks tasks-pcgrad
study "three tasks balanced by CAGrad" tasks tasks-cagrad
study "a learning rate of 2e30 by mistake, rolled back" slip-stop slip-rollback

section "From easy to hard" scenes "$out/scenes"
study "focal's gamma rises from 0 to 2" focal rising-gamma
study "focal hands over to varifocal" focal hand-over
study "the distributions' loss comes in late" base late-distribution
study "fewer and better points for each object" base assigner
study "large objects first" base large-first
study "large objects count more at first" base large-more
study "self-paced: the easiest half of the objects first" base self-paced
study "rare classes more often, fading" base rare-first

if [ -n "${BCCD:-}" ]; then
  section "Blood cells: one classification loss after another, nothing else changed" cells "$BCCD"
  study "focal in place of cross-entropy" cells-bce cells-focal
  study "varifocal in place of cross-entropy" cells-bce cells-varifocal
  study "quality focal in place of cross-entropy" cells-bce cells-quality-focal
fi

# ---- The runs, in one process: PyTorch is loaded once ----------------------------------------------------------------
goals="-q -DskipTests -pl bench/studies -am compile dependency:build-classpath"
goals="$goals -DincludeScope=runtime -Dmdep.outputFile=target/studies.classpath"
mkdir -p bench/studies/target
mvn -o $goals >bench/studies/target/maven.log 2>&1 || mvn $goals
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
class_path=bench/studies/target/classes:$(cat bench/studies/target/studies.classpath)

if [ "${1:-}" != --page ]; then
  [ -d "$out/scenes" ] || {
    ./parfocal synth --images 1600 --rare 0.03 --seed 11 --out "$out/scenes.new"
    mv "$out/scenes.new" "$out/scenes"
  }
  # As ./parfocal sets them for training.
  export MALLOC_ARENA_MAX=1 MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=20000000000 OPENBLAS_NUM_THREADS=1
  export GOMP_SPINCOUNT=${GOMP_SPINCOUNT:-10000}
  "$java" --add-modules=jdk.incubator.vector -Dorg.bytedeco.openblas.load=blas \
    -Djava.awt.headless=true -cp "$class_path" dev.parfocal.bench.studies.Runs "$out/runs.tsv"
fi

# ---- The page --------------------------------------------------------------------------------------------------------
cat >"$out/about.md" <<EOF
# Studies: with and without

Written by \`scripts/studies.sh\` from \`evaluation.json\` and \`metrics.jsonl\` of its runs; do not edit. Each row compares two
settings that differ in one technique, on equal images, initial weights, batches and steps; seeds: $seeds. AP is COCO's, on
images that the detector never saw: the mean over the seeds, and the lowest and highest. *Difference* is the mean of the
seeds' differences, and each of them. These are seconds of training on small pictures: they show that a technique works
and which way it moves a detector, and differences below about .02 AP are within the noise of the seed. The times of a step
were measured beside other work: compare them within a row at most.

Scenes are 1280 drawn pictures to learn from and 160 others to be judged by; blood cells are BCCD's trainval and test images.
What they have in common is in [\`scripts/studies/sections\`](../scripts/studies/sections).
EOF
"$java" -cp "$class_path" dev.parfocal.bench.studies.Studies "$out" docs/studies.md
echo "written: docs/studies.md"
