package dev.parfocal.training.weights;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What names say beyond themselves, for all published networks in one place: their names do not collide. */
final class NameRules {
    /** Of no use to a detector here: counters, constants that the code has itself, and parts that only training had. */
    private static final List<Pattern> NO_USE = patterns(
            "(.+\\.)?num_batches_tracked",
            "(.+\\.)?anchor_generator\\..+",
            "(.+\\.)?(distribution_project|integral)\\.project",
            "(backbone\\.)?(body\\.)?fc\\.(weight|bias)",
            "aux_(fpn|head)\\..+",
            "decoder\\.(anchors|valid_mask)");

    /** Whose first dimension is the number of classes, or a multiple of it: for other classes they start anew. */
    private static final List<Pattern> BY_CLASS = patterns(
            "head\\.classification_head\\.cls_logits\\.(weight|bias)",
            "roi_heads\\.box_predictor\\.(cls_score|bbox_pred)\\.(weight|bias)",
            "head\\.cls_preds\\.\\d+\\.(weight|bias)",
            "model\\.decoder\\.class_embed\\.\\d+\\.(weight|bias)",
            "model\\.enc_score_head\\.(weight|bias)",
            "model\\.denoising_class_embed\\.weight");

    /** Whose first rows are the classes' and whose last are the sides': the latter serve any classes. */
    private static final List<Pattern> CLASSES_THEN_SIDES = patterns("head\\.gfl_cls\\.\\d+\\.(weight|bias)");

    /** A part of a network, which has its weights or has none: the longest of these that a name begins with. */
    private static final Pattern PART =
            Pattern.compile("(model\\.backbone|model\\.\\w+|backbone\\.(?:body|fpn)|[^.]+)(?:\\..*)?");

    private NameRules() {}

    private static List<Pattern> patterns(String... texts) {
        return Arrays.stream(texts).map(Pattern::compile).toList();
    }

    private static boolean any(List<Pattern> patterns, String name) {
        return patterns.stream().anyMatch(p -> p.matcher(name).matches());
    }

    static boolean noUse(String canonical) {
        return any(NO_USE, canonical);
    }

    static boolean byClass(String canonical) {
        return any(BY_CLASS, canonical) || classesThenSides(canonical);
    }

    static boolean classesThenSides(String canonical) {
        return any(CLASSES_THEN_SIDES, canonical);
    }

    static String part(String canonical) {
        Matcher matcher = PART.matcher(canonical);
        return matcher.matches() ? matcher.group(1) : canonical;
    }
}
