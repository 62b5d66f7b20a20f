package dev.parfocal.core.check;

import dev.parfocal.core.loss.Loss;
import java.util.List;
import java.util.stream.Collectors;

/** What {@link LossCheck} found about a loss. */
public record LossReport(Loss loss, List<Finding> findings) {

    public LossReport {
        findings = List.copyOf(findings);
    }

    /** Whether nothing failed. */
    public boolean passed() {
        return findings.stream().noneMatch(finding -> finding.verdict() == Finding.Verdict.FAIL);
    }

    /** One line for the loss and one for each finding. */
    @Override
    public String toString() {
        return findings.stream()
                .map(Finding::toString)
                .collect(Collectors.joining("\n", loss + (passed() ? ": passed" : ": failed") + "\n", ""));
    }
}
