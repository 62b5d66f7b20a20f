package dev.parfocal.training.guard;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.guard.LossCulprit;
import dev.parfocal.core.guard.NonFinite;
import dev.parfocal.core.guard.NonFiniteLossException;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.training.criterion.Contribution;
import dev.parfocal.training.criterion.LossReport;
import dev.parfocal.training.criterion.MatchedBatch;
import dev.parfocal.training.criterion.MatchingRefusal;
import dev.parfocal.training.engine.Scope;
import dev.parfocal.training.model.DetectorModel;
import dev.parfocal.training.model.Prediction;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes a step again, looking at every number on the way, and says where numbers are not finite first. The model's weights,
 * statistics and gradients and the optimiser's memory are left as the step leaves them.
 */
public final class Autopsy {
    private final DetectorModel model;
    private final BatchNames names;
    private final Checksum bits = new Checksum();
    private final List<Finding> findings = new ArrayList<>();

    private Autopsy(DetectorModel model, BatchNames names) {
        this.model = model;
        this.names = names;
    }

    /**
     * Examines a step.
     *
     * @param model with weights and statistics as before the step, gradients 0
     * @param planes {@code [images, 3, height, width]}
     * @param objects of each image
     * @throws ParfocalException what the losses refuse although everything is finite
     */
    public static Verdict of(
            DetectorModel model, BatchNames names, FloatBuffer planes, List<List<Annotation>> objects, Rerun step) {
        Autopsy autopsy = new Autopsy(model, names);
        autopsy.input(planes, objects);
        autopsy.weights();
        LayerWatch watch = new LayerWatch(names);
        boolean reached = autopsy.losses(step, watch);
        if (reached && autopsy.gradients(watch)) {
            autopsy.update(step);
        }
        return new Verdict(autopsy.findings, autopsy.bits.value(), watch.layers());
    }

    private void input(FloatBuffer planes, List<List<Annotation>> objects) {
        int height = model.config().input().height();
        int width = model.config().input().width();
        Optional<NonFinite> pixels = NonFinite.in(Floats.of(planes));
        if (pixels.isPresent()) {
            add(
                    Stage.INPUT,
                    false,
                    "pixels: "
                            + at(
                                    pixels.get(),
                                    names.planes(height, width)
                                            .place(pixels.get().first())));
            return;
        }
        int boxes = 0;
        for (int image = 0; image < objects.size(); image++) {
            for (Annotation object : objects.get(image)) {
                boxes++;
                if (!object.box().isFinite()) {
                    add(Stage.INPUT, false, "a box of " + names.picture(image) + " is not finite: " + object.box());
                    return;
                }
            }
        }
        add(Stage.INPUT, true, objects.size() + " images, " + boxes + " objects");
    }

    static String at(NonFinite found, String place) {
        return found + ", the first at " + place;
    }

    private void weights() {
        Scope.unrecorded(() -> {
            WeightScan scan = new WeightScan(model.weights());
            Optional<String> broken = scan.values();
            add(Stage.WEIGHTS, broken.isEmpty(), broken.orElseGet(scan::largest));
        });
    }

    /** Returns whether gradients of weights were computed. */
    private boolean losses(Rerun step, LayerWatch watch) {
        model.watch(watch);
        OutputScan outputs = new OutputScan(names, model.config(), bits);
        UpstreamScan upstream = new UpstreamScan(names, model.config());
        LossReport report = null;
        Optional<Finding> failure = Optional.empty();
        ParfocalException refusal = null;
        try {
            report = step.gradients(new StepWatch() {
                @Override
                public void outputs(Prediction prediction) {
                    outputs.look(prediction);
                }

                @Override
                public void upstream(MatchedBatch batch, List<Contribution> contributions) {
                    upstream.look(batch, contributions);
                }

                @Override
                public void done() {
                    watch.backward();
                }
            });
        } catch (NonFiniteLossException e) {
            failure = Optional.of(new Finding(Stage.LOSS, false, words(e, outputs.rows())));
        } catch (MatchingRefusal e) {
            refusal = new ParfocalException(
                    "the output " + e.output() + " at " + names.picture(e.image()) + ": " + e.reason(), e);
        } catch (ParfocalException e) {
            refusal = e;
        } finally {
            model.watch(null);
        }
        findings.add(watch.finding());
        outputs.finding().ifPresent(findings::add);
        if (refusal != null && findings.stream().allMatch(Finding::fine)) {
            throw refusal;
        }
        if (refusal != null) {
            add(Stage.LOSS, false, String.valueOf(refusal.getMessage()));
        }
        failure.ifPresent(findings::add);
        if (report == null) {
            return false;
        }
        report.weighted().values().forEach(bits::add);
        add(Stage.LOSS, true, report.weighted().toString());
        upstream.finding().ifPresent(findings::add);
        return true;
    }

    /** The culprit's place in words. */
    private String words(NonFiniteLossException e, Map<String, RowNames> rows) {
        String what = "the " + e.role() + " loss "
                + (Double.isFinite(e.value())
                        ? "has a gradient that is not finite"
                        : "is " + NonFinite.shown(e.value()));
        return e.culprit()
                .map(culprit -> what + " at " + place(culprit, rowsOf(e.role(), rows)) + " (" + culprit.words() + ")")
                .orElse(what + " although each of its elements is finite");
    }

    /** The rows of a component's output: its name begins with the output's where there are several. */
    private static RowNames rowsOf(String component, Map<String, RowNames> rows) {
        return rows.entrySet().stream()
                .filter(output -> component.startsWith(output.getKey() + "."))
                .findFirst()
                .orElseGet(() -> rows.entrySet().iterator().next())
                .getValue();
    }

    private String place(LossCulprit culprit, RowNames rows) {
        if (culprit.anchors() == names.pictures().size()) {
            return names.picture(culprit.anchor());
        }
        boolean gathered = culprit.anchors() == 0;
        return rows.row(culprit.anchor())
                + (gathered ? rows.ofClass(culprit.classOf()) : rows.ofColumn(culprit.classOf()));
    }

    /** Returns whether the gradients are finite. */
    private boolean gradients(LayerWatch watch) {
        // What the losses sent explains what came of it; otherwise the backward pass itself made it.
        boolean sound = findings.stream().allMatch(Finding::fine);
        return Scope.unrecorded(() -> {
            WeightScan scan = new WeightScan(model.weights());
            Optional<String> broken = scan.gradients()
                    .map(words -> words + (sound ? ". " + watch.gradient() : ""))
                    .or(scan::norm);
            bits.add(model.weights().gradients().norm());
            add(Stage.GRADIENT, broken.isEmpty(), broken.orElseGet(scan::steepest));
            return broken.isEmpty();
        });
    }

    private void update(Rerun step) {
        Scope.unrecorded(() -> {
            try {
                step.update();
            } catch (ParfocalException e) {
                add(Stage.UPDATE, false, String.valueOf(e.getMessage()));
                return;
            }
            WeightScan scan = new WeightScan(model.weights());
            Optional<String> broken = scan.values().or(() -> scan.memory(step.memory()));
            add(Stage.UPDATE, broken.isEmpty(), broken.orElseGet(scan::largest));
        });
    }

    private void add(Stage stage, boolean fine, String words) {
        findings.add(new Finding(stage, fine, words));
    }
}
