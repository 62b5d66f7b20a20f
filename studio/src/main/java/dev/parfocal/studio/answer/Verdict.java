package dev.parfocal.studio.answer;

import dev.parfocal.core.check.Finding;
import dev.parfocal.core.check.LossCheck;
import dev.parfocal.core.check.LossReport;
import java.util.List;

/**
 * What {@code parfocal check} says of a loss.
 *
 * @param passed whether nothing failed
 * @param findings each check's
 */
public record Verdict(boolean passed, List<Finding> findings) {

    /** Runs the checks. */
    public static Verdict of(Choice choice) {
        LossReport report = LossCheck.run(choice.loss());
        return new Verdict(report.passed(), report.findings());
    }
}
