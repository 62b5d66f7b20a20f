package dev.parfocal.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.training.config.Models;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.criterion.LossComponent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CandidateTest {

    @Test
    void anotherLossLearnsItsOwnTargetsAndTheModelsOwnKeepsThem() {
        assertThat(fcos("varifocal", Map.of()).classification().target()).isEqualTo(LossComponent.Target.AUTO);
        assertThat(fcos("focal", Map.of()).classification().target()).isEqualTo(LossComponent.Target.HARD);
        assertThat(fcos("focal", Map.of("gamma", 1.0)).classification().set()).containsExactly(Map.entry("gamma", 1.0));
    }

    @Test
    void aNameHasTheLossItsSettingsAndWhatVaries() {
        Candidate candidate = new Candidate(
                Optional.of(placed("focal", Map.of("gamma", 1.0))), Map.of("model.neck.attention", "[32]"));

        assertThat(candidate.name()).isEqualTo("focal gamma=1, neck.attention=[32]");
        assertThat(candidate.folder()).isEqualTo("focal-gamma=1-neck.attention=_32_");
        assertThat(new Candidate(Optional.empty(), Map.of("batch", "4")).label())
                .isEqualTo("batch=4");
    }

    private static RunConfig fcos(String loss, Map<String, Double> set) {
        return new Candidate(Optional.of(placed(loss, set)), Map.of()).config(Models.preset("fcos"), 1);
    }

    private static Candidate.Placed placed(String loss, Map<String, Double> set) {
        return new Candidate.Placed(loss, loss, set, List.of("dense.classification"));
    }
}
