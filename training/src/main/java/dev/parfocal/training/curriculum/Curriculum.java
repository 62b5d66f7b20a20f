package dev.parfocal.training.curriculum;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.curriculum.ParameterSchedules;
import dev.parfocal.core.language.Names;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.Parameter;
import dev.parfocal.core.schedule.Schedule;
import dev.parfocal.training.criterion.AssignerConfig;
import dev.parfocal.training.criterion.StepSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run's schedules say at each of its steps. It follows from the step alone, so a resumed run goes on as if it had
 * never stopped; and values reach the losses as arguments of their kernels, so no step compiles anything.
 *
 * <p>Targets are
 *
 * <ul>
 *   <li>{@code COMPONENT.PARAMETER}, as in {@code classification.gamma}: a parameter of a component's loss
 *   <li>{@code COMPONENT.weight}: a factor of the component's weight
 *   <li>{@code successor}: the share of the loss that {@code loss.successor} names, which takes over from the
 *       classification loss as it goes from 0 to 1
 *   <li>{@code assigner.topK, assigner.alpha, assigner.beta, assigner.minIou}
 *   <li>{@code objects.minSize, objects.sizeExponent, objects.maxLoss, objects.easiest}: which objects count, and how much
 *   <li>{@code sampling.rare}: how much more often images with rare classes are seen
 * </ul>
 */
public final class Curriculum {
    private static final String WEIGHT = "weight";
    private static final String FIRST = "classification";
    private static final String SECOND = "successor";

    private final Map<String, ParameterSchedules> parameters = new LinkedHashMap<>();
    private final Map<String, Schedule> weights = new LinkedHashMap<>();
    private final Map<Setting, Schedule> settings = new EnumMap<>(Setting.class);
    private final AssignerConfig assigner;
    private final long steps;

    /**
     * Checks every target and every value that a schedule ever takes.
     *
     * @param losses of the run's components by their names
     * @param steps of the whole run, at least 1
     * @throws ParfocalException if a target does not exist, or a schedule leaves what it may be
     */
    public Curriculum(CurriculumConfig config, Map<String, Loss> losses, AssignerConfig assigner, long steps) {
        this.assigner = assigner;
        this.steps = steps;
        config.schedules().forEach((target, schedule) -> add(target, schedule, losses));
    }

    private void add(String target, Schedule schedule, Map<String, Loss> losses) {
        Optional<Setting> setting = Setting.of(target);
        if (setting.isPresent()) {
            add(setting.get(), schedule, losses);
            return;
        }
        int dot = target.lastIndexOf('.');
        String component = dot < 0 ? target : target.substring(0, dot);
        String parameter = target.substring(dot + 1);
        Loss loss = losses.get(component);
        if (dot < 0 || loss == null || !parameter.equals(WEIGHT) && !has(loss, parameter)) {
            throw unknown(target, losses);
        }
        if (parameter.equals(WEIGHT)) {
            Setting.check(target, schedule, 0, Double.POSITIVE_INFINITY);
            weights.put(component, schedule);
            return;
        }
        try {
            ParameterSchedules known = parameters.getOrDefault(component, ParameterSchedules.of(loss));
            parameters.put(component, known.with(parameter, schedule));
        } catch (ParfocalException e) {
            throw new ParfocalException("curriculum: " + target + ": " + e.getMessage());
        }
    }

    private void add(Setting setting, Schedule schedule, Map<String, Loss> losses) {
        setting.check(schedule);
        if (setting == Setting.SUCCESSOR && !losses.containsKey(SECOND)) {
            throw new ParfocalException(
                    "curriculum: successor: say which loss takes over, as in loss: {successor: {loss: varifocal}}");
        }
        boolean aligned = assigner instanceof AssignerConfig.TaskAligned;
        boolean known = setting == Setting.ALPHA || setting == Setting.BETA
                ? aligned
                : aligned || assigner instanceof AssignerConfig.Atss;
        if (Setting.ASSIGNER.contains(setting) && !known) {
            throw new ParfocalException(
                    "curriculum: " + setting.target + " means nothing to the assigner " + assigner.kind());
        }
        settings.put(setting, schedule);
    }

    private static boolean has(Loss loss, String parameter) {
        return loss.parameters().stream().anyMatch(each -> each.name().equals(parameter));
    }

    private static ParfocalException unknown(String target, Map<String, Loss> losses) {
        List<String> known = new ArrayList<>();
        losses.forEach((component, loss) -> {
            loss.parameters().stream()
                    .filter(each -> !each.integer())
                    .map(Parameter::name)
                    .forEach(name -> known.add(component + "." + name));
            known.add(component + "." + WEIGHT);
        });
        known.addAll(Setting.targets());
        return new ParfocalException("curriculum: there is nothing called " + target + Names.suggestion(target, known)
                + "; there are " + String.join(", ", known));
    }

    /** Whether nothing changes. */
    public boolean isEmpty() {
        return parameters.isEmpty() && weights.isEmpty() && settings.isEmpty();
    }

    /** The values at a step, by target. */
    public Map<String, Double> values(long step) {
        Map<String, Double> values = new LinkedHashMap<>();
        parameters.forEach((component, schedules) -> schedules
                .at(step, steps)
                .forEach((parameter, value) -> values.put(component + "." + parameter, value)));
        weights.forEach((component, schedule) -> values.put(component + "." + WEIGHT, schedule.at(step, steps)));
        settings.keySet().forEach(setting -> values.put(setting.target, value(setting, step, 0)));
        return values;
    }

    /** What the losses of a step are to be, from 0. */
    public StepSettings at(long step) {
        if (isEmpty()) {
            return StepSettings.NONE;
        }
        Map<String, Map<String, Double>> arguments = new LinkedHashMap<>();
        parameters.forEach((component, schedules) -> arguments.put(component, schedules.at(step, steps)));
        Map<Setting, Double> objects = new EnumMap<>(Setting.class);
        settings.keySet().stream()
                .filter(PacedObjects::isOf)
                .forEach(setting -> objects.put(setting, value(setting, step, 0)));
        return new StepSettings(
                weights(step), arguments, assigner(step), objects.isEmpty() ? null : new PacedObjects(objects));
    }

    private Map<String, Double> weights(long step) {
        Map<String, Double> factors = new LinkedHashMap<>();
        weights.forEach((component, schedule) -> factors.put(component, Math.max(0, schedule.at(step, steps))));
        if (settings.containsKey(Setting.SUCCESSOR)) {
            double share = value(Setting.SUCCESSOR, step, 0);
            factors.merge(FIRST, 1 - share, (a, b) -> a * b);
            factors.merge(SECOND, share, (a, b) -> a * b);
        }
        return factors;
    }

    private @Nullable AssignerConfig assigner(long step) {
        if (Collections.disjoint(settings.keySet(), Setting.ASSIGNER)) {
            return null;
        }
        if (assigner instanceof AssignerConfig.TaskAligned aligned) {
            return new AssignerConfig.TaskAligned(
                    topK(step, aligned.topK()),
                    value(Setting.ALPHA, step, aligned.alpha()),
                    value(Setting.BETA, step, aligned.beta()),
                    value(Setting.MIN_IOU, step, aligned.minIou()));
        }
        return assigner instanceof AssignerConfig.Atss atss
                ? new AssignerConfig.Atss(
                        topK(step, atss.topK()), atss.scale(), value(Setting.MIN_IOU, step, atss.minIou()))
                : null;
    }

    private int topK(long step, int configured) {
        return (int) Math.round(value(Setting.TOP_K, step, configured));
    }

    /**
     * How much more often images with rare classes are seen at a step.
     *
     * @param configured the strength without a schedule
     */
    public double rare(long step, double configured) {
        return value(Setting.RARE, step, configured);
    }

    /** Whether {@link #rare} follows a schedule. */
    public boolean changesSampling() {
        return settings.containsKey(Setting.RARE);
    }

    private double value(Setting setting, long step, double otherwise) {
        Schedule schedule = settings.get(setting);
        return schedule == null
                ? otherwise
                : Math.max(schedule.lowest(), Math.min(schedule.highest(), schedule.at(step, steps)));
    }
}
