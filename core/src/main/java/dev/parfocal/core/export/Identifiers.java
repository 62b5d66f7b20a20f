package dev.parfocal.core.export;

import java.util.Set;
import java.util.regex.Pattern;

/** Turns names of a loss into names of another language: one that means something there gets an underscore. */
final class Identifiers {

    private static final Pattern GENERATED = Pattern.compile("[tn]\\d+|pf_.*|PF_.*|_.*");

    /** The keywords of C, C++ and CUDA, and what the templates call their own variables. */
    static final Identifiers C = new Identifiers(Set.of(
            ("alignas alignof and and_eq asm auto bitand bitor bool break case catch char class compl concept const"
                            + " consteval constexpr constinit const_cast continue co_await co_return co_yield decltype default"
                            + " delete do double dynamic_cast else enum explicit export extern false final float for friend goto"
                            + " if import inline int long module mutable namespace new noexcept not not_eq nullptr operator or"
                            + " or_eq override private protected public register reinterpret_cast requires restrict return short"
                            + " signed sizeof size_t static static_assert static_cast struct switch template this thread_local"
                            + " throw true try typedef typeid typename union unsigned using virtual void volatile wchar_t while"
                            + " xor xor_eq NULL linux unix value gradient scale weight weights normalizer sum anchors anchor"
                            + " classes rows row boxes logits labels quality is_label i j e largest best others weighted_sum"
                            + " log_of_sum inverse expectation factor expected_factor index picked pull log_p state count partial"
                            + " thread step elements bin warpSize threadIdx blockIdx blockDim gridDim")
                    .split(" ")));

    /** The keywords of Python, and what the templates call their own variables. */
    static final Identifiers PYTHON = new Identifiers(Set.of(
            ("False None True and as assert async await break class continue def del elif else except finally for from"
                            + " global if import in is lambda nonlocal not or pass raise return try while with yield torch math"
                            + " self ctx weight normalizer value gradient reduction logits labels quality row int float len any"
                            + " all range forward sparse training dtype device bins largest best e others inverse softmax own push"
                            + " rest chosen anchors place counted result at_label total count")
                    .split(" ")));

    private final Set<String> reserved;

    private Identifiers(Set<String> reserved) {
        this.reserved = reserved;
    }

    String of(String name) {
        return reserved.contains(name) || GENERATED.matcher(name).matches() ? name + "_" : name;
    }
}
