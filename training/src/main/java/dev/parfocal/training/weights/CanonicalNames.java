package dev.parfocal.training.weights;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One name for what libraries name differently from version to version: their newest. Names of a file and of a model
 * are compared in this form, so either may be old or new.
 */
final class CanonicalNames {
    private record Rule(Pattern old, String now) {}

    private static final List<Rule> RULES = List.of(
            // torchvision: pyramid and RPN before 0.13.
            rule("(backbone\\.fpn\\.(?:inner|layer)_blocks\\.\\d+)\\.(weight|bias)", "$1.0.$2"),
            rule("rpn\\.head\\.conv\\.(weight|bias)", "rpn.head.conv.0.0.$1"),
            // torchvision: towers of RetinaNet before 0.13, numbered with the activations between them.
            rule("(head\\.\\w+_head\\.conv)\\.0\\.(weight|bias)", "$1.0.0.$2"),
            rule("(head\\.\\w+_head\\.conv)\\.2\\.(weight|bias)", "$1.1.0.$2"),
            rule("(head\\.\\w+_head\\.conv)\\.4\\.(weight|bias)", "$1.2.0.$2"),
            rule("(head\\.\\w+_head\\.conv)\\.6\\.(weight|bias)", "$1.3.0.$2"),
            // Hugging Face transformers: files keep the names of version 4.
            rule("model\\.encoder\\.encoder\\.(.+)", "model.encoder.aifi.$1"),
            rule("(model\\..+\\.self_attn)\\.out_proj\\.(weight|bias)", "$1.o_proj.$2"),
            rule("(model\\..+\\.layers\\.\\d+)\\.(fc[12])\\.(weight|bias)", "$1.mlp.$2.$3"),
            rule("((?:class|bbox)_embed\\..+)", "model.decoder.$1"));

    private CanonicalNames() {}

    private static Rule rule(String old, String now) {
        return new Rule(Pattern.compile(old), now);
    }

    /** The newest name of what {@code name} has meant in any version. */
    static String of(String name) {
        String canonical = name;
        for (Rule rule : RULES) {
            Matcher matcher = rule.old.matcher(canonical);
            if (matcher.matches()) {
                canonical = matcher.replaceFirst(rule.now);
            }
        }
        return canonical;
    }
}
