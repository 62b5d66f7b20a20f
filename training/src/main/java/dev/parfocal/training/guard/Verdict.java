package dev.parfocal.training.guard;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What an examination of a step found.
 *
 * @param findings in the order of the stages; those that could not be reached are absent
 * @param bits a checksum of the outputs', losses' and gradients' bits
 * @param layers what each layer gave, in the order of computation
 */
public record Verdict(List<Finding> findings, long bits, List<Layer> layers) {

    /** Copies the lists. */
    public Verdict {
        findings = List.copyOf(findings);
        layers = List.copyOf(layers);
    }

    /**
     * What a layer gave.
     *
     * @param largest the largest magnitude; NaN if one of its numbers is
     */
    public record Layer(String name, float largest) {}

    /** Where numbers are not finite first; empty if they all are. */
    public Optional<Finding> origin() {
        return findings.stream().filter(f -> !f.fine()).findFirst();
    }

    /** The finding on the losses if they are not finite. */
    public Optional<Finding> loss() {
        return findings.stream()
                .filter(f -> f.stage() == Stage.LOSS && !f.fine())
                .findFirst();
    }

    /** What, where, why and what to do, in a sentence or two. */
    public String sentence() {
        Finding origin = origin().orElseThrow();
        Finding loss = loss().orElse(origin);
        String begins = loss.equals(origin) ? "" : "; it begins before: " + origin.words();
        return loss.words() + begins + ". What to do: " + origin.stage().advice();
    }

    /** A line for each stage. */
    public String table() {
        StringBuilder text = new StringBuilder();
        Finding first = origin().orElse(null);
        for (Finding finding : findings) {
            String name = finding.stage().name().toLowerCase(Locale.ROOT);
            String mark = finding.fine() ? "finite " : finding.equals(first) ? "FIRST  " : "broken ";
            text.append(
                    String.format("%-9s %s %s%n", name, mark, finding.words()).replace("\r", ""));
        }
        return text.append(String.format("bits      %08x", bits)).toString();
    }
}
