package dev.parfocal.training.diagnose;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Everything that is looked for. */
enum Rule {
    NOTHING_LEARNT(CourseRules::nothingLearnt),
    NOT_FINITE(CourseRules::notFinite),
    PRIOR_BIAS(StartRules::priorBias),
    NORMALIZER(StartRules::normalizer),
    EASY_NEGATIVES(GradientRules::easyNegatives),
    HARD_NEGATIVES(GradientRules::hardNegatives),
    STARVED_CLASS(GradientRules::starvedClass),
    MISSING_CLASS(MatchingRules::missingClass),
    UNMATCHED_SIZES(MatchingRules::unmatchedSizes),
    FEW_POINTS(MatchingRules::fewPoints),
    NO_POSITIVES(MatchingRules::noPositives),
    IDLE_LEVEL(MatchingRules::idleLevel),
    LOW_SCORES(ScoreRules::lowScores),
    LOW_POSITIVES(ScoreRules::lowPositives),
    SATURATION(ScoreRules::saturation),
    NO_PRECISION(ScoreRules::noPrecision),
    LOST_CLASS(ScoreRules::lostClass),
    PAST_ITS_BEST(ScoreRules::pastItsBest),
    CLIPPED(CourseRules::clipped),
    SPIKES(CourseRules::spikes),
    NOT_FALLING(CourseRules::notFalling),
    OUTWEIGHED(CourseRules::outweighed),
    UNREACHED_LEVEL(SignalRules::unreachedLevel),
    STARVED_REGIONS(SignalRules::starvedRegions),
    FIGHTING_LAYERS(SignalRules::fightingLayers),
    OWNED_PLACE(SignalRules::ownedPlace),
    WAITING(CourseRules::waiting);

    private final Function<Evidence, Optional<Finding>> look;

    Rule(Function<Evidence, Optional<Finding>> look) {
        this.look = look;
    }

    /** The rule's name as findings give it: {@code prior-bias}. */
    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Optional<Finding> look(Evidence evidence) {
        return look.apply(evidence).map(finding -> finding.named(title()));
    }

    /** What all rules find, what matters most first. */
    static List<Finding> findings(Evidence evidence) {
        return Arrays.stream(values())
                .flatMap(rule -> rule.look(evidence).stream())
                .sorted(Comparator.comparing(Finding::severity))
                .toList();
    }
}
