package dev.parfocal.core.rewrite;

import dev.parfocal.core.graph.Graph;
import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;

/** What people write and rules look for, but chance hardly puts together. */
enum Idiom {
    LOGISTIC((g, a, b, c) -> g.apply(Op.DIVIDE, b, g.apply(Op.ADD, g.constant(1), g.apply(Op.EXP, a)))),
    EXP_LESS_ONE((g, a, b, c) -> g.apply(Op.SUBTRACT, g.apply(Op.EXP, a), g.constant(1))),
    LOG_OF_COMPLEMENT((g, a, b, c) -> g.apply(Op.LOG, g.apply(Op.SUBTRACT, g.constant(1), g.apply(Op.EXP, a)))),
    LOG_OF_LOGISTIC((g, a, b, c) -> g.apply(Op.LOG1P, g.apply(Op.EXP, a))),
    LOG_OF_MIRRORED((g, a, b, c) -> g.apply(Op.LOG1P, g.apply(Op.NEGATE, g.apply(Op.SIGMOID, a)))),
    MIXTURE((g, a, b, c) -> g.apply(
            Op.SUBTRACT,
            g.constant(1),
            g.apply(
                    Op.ADD,
                    g.apply(Op.MULTIPLY, c, a),
                    g.apply(Op.MULTIPLY, g.apply(Op.SUBTRACT, g.constant(1), c), b)))),
    POWER_OF_POWER((g, a, b, c) ->
            g.apply(Op.POWER, g.apply(Op.POWER, g.apply(Op.ABS, a), g.constant(0.3)), g.constant(0.7))),
    POWER_OF_PRODUCT((g, a, b, c) ->
            g.apply(Op.POWER, g.apply(Op.MULTIPLY, g.apply(Op.ABS, a), g.apply(Op.ABS, b)), g.constant(0.3))),
    LOG_OF_EXP((g, a, b, c) -> g.apply(Op.LOG, g.apply(Op.EXP, a))),
    EXP_OF_LOG((g, a, b, c) -> g.apply(Op.EXP, g.apply(Op.LOG, g.apply(Op.ABS, a)))),
    LOG_OF_DETACHED((g, a, b, c) ->
            g.apply(Op.LOG, g.apply(Op.STOP_GRADIENT, g.apply(Op.STOP_GRADIENT, g.apply(Op.ABS, a))))),
    LOG_OF_PRODUCT((g, a, b, c) -> g.apply(Op.LOG, g.apply(Op.MULTIPLY, g.apply(Op.SIGMOID, a), g.apply(Op.EXP, b)))),
    SOFTPLUS_LESS_SHARE((g, a, b, c) ->
            g.apply(Op.SUBTRACT, g.apply(Op.SOFTPLUS, a), g.apply(Op.MULTIPLY, g.apply(Op.SIGMOID, b), a))),
    ROOT_OF_SQUARE((g, a, b, c) -> g.apply(Op.SQRT, g.apply(Op.MULTIPLY, a, a))),
    COMMON_FACTOR((g, a, b, c) -> g.apply(
            Op.DIVIDE,
            g.apply(Op.MULTIPLY, g.apply(Op.SIGMOID, a), b),
            g.apply(Op.MULTIPLY, g.apply(Op.SIGMOID, a), c)));

    /** Puts three parts together. */
    @FunctionalInterface
    private interface Form {
        Node of(Graph graph, Node a, Node b, Node c);
    }

    private final Form form;

    Idiom(Form form) {
        this.form = form;
    }

    Node of(Graph graph, Node a, Node b, Node c) {
        return form.of(graph, a, b, c);
    }
}
