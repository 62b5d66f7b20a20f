package dev.parfocal.cli.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Ways in which a file comes to be wrong. */
enum Mutation {
    TRUNCATED {
        @Override
        byte[] of(byte[] content, Random dice) {
            return Arrays.copyOf(content, dice.nextInt(content.length + 1));
        }
    },
    BYTES_CHANGED {
        @Override
        byte[] of(byte[] content, Random dice) {
            byte[] changed = content.clone();
            for (int i = dice.nextInt(8); i >= 0 && changed.length > 0; i--) {
                changed[dice.nextInt(changed.length)] = (byte) dice.nextInt(256);
            }
            return changed;
        }
    },
    BYTES_REPEATED {
        @Override
        byte[] of(byte[] content, Random dice) {
            int at = dice.nextInt(content.length + 1);
            byte[] changed = Arrays.copyOf(content, 2 * content.length - at);
            System.arraycopy(content, at, changed, content.length, content.length - at);
            return changed;
        }
    },
    /** A number, a text or a name stands where another kind of value belongs. */
    VALUE_REPLACED {
        @Override
        byte[] of(byte[] content, Random dice) {
            return replaced(content, dice, () -> OTHERS.get(dice.nextInt(OTHERS.size())));
        }
    },
    VALUE_REMOVED {
        @Override
        byte[] of(byte[] content, Random dice) {
            return replaced(content, dice, () -> "");
        }
    };

    private static final Pattern VALUE =
            Pattern.compile("\"[^\"\\n]*\"|-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?|\\[[^\\[\\]]*]|\\{[^{}]*}|\\w+");

    private static final List<String> OTHERS = List.of(
            "null",
            "[]",
            "{}",
            "\"\"",
            "\"x\"",
            "x",
            "0",
            "-1",
            "-0.0",
            "1e400",
            "-1e308",
            "1e-320",
            "NaN",
            "Infinity",
            "true",
            "9223372036854775807",
            "9223372036854775808",
            "99999999999999999999999999",
            "[[1,2],3]",
            "[1,2,3,4]",
            "\"a\\u0000b\"",
            "\"../../x\"",
            "\"/\"",
            "*",
            ": ",
            "- a",
            "^",
            "(",
            "%s");

    abstract byte[] of(byte[] content, Random dice);

    static byte[] any(byte[] content, Random dice) {
        byte[] changed = content;
        for (int i = dice.nextInt(3); i >= 0; i--) {
            changed = values()[dice.nextInt(values().length)].of(changed, dice);
        }
        return changed;
    }

    /** Any value of the text gives way to another. */
    private static byte[] replaced(byte[] content, Random dice, Supplier<String> other) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        List<MatchResult> values = VALUE.matcher(text).results().toList();
        if (values.isEmpty()) {
            return content;
        }
        MatchResult value = values.get(dice.nextInt(values.size()));
        return (text.substring(0, value.start()) + other.get() + text.substring(value.end()))
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
