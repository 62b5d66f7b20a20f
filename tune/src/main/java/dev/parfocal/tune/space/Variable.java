package dev.parfocal.tune.space;

import org.jspecify.annotations.Nullable;

/**
 * Something that is searched.
 *
 * @param name what trials and journals call it
 * @param condition when it counts; absent: always
 */
public record Variable(String name, Domain domain, @Nullable Condition condition) {

    /** A variable that always counts. */
    public Variable(String name, Domain domain) {
        this(name, domain, null);
    }

    /** As a search writes it: {@code lr in [0.0001, 0.1] log}. */
    @Override
    public String toString() {
        return name + " in " + described(domain) + (condition == null ? "" : " " + condition);
    }

    private static String described(Domain domain) {
        if (domain instanceof Choice choice) {
            return "{" + String.join(", ", choice.options()) + "}";
        }
        if (domain instanceof Whole whole) {
            return Real.range(whole.min(), whole.max()) + log(whole.scale()) + " int";
        }
        Real real = (Real) domain;
        return Real.range(real.min(), real.max()) + log(real.scale());
    }

    private static String log(Scale scale) {
        return scale == Scale.LOG ? " log" : "";
    }
}
