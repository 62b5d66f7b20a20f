package dev.parfocal.core.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.derive.DerivativeTable;
import dev.parfocal.core.graph.Graph;
import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.kernel.Backend;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.kernel.Interpreter;
import dev.parfocal.core.language.FormulaPrinter;
import dev.parfocal.core.loss.Batch;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.LossFunction;
import dev.parfocal.core.loss.Normalizer;
import dev.parfocal.core.loss.Options;
import dev.parfocal.core.rewrite.Arithmetic;
import dev.parfocal.core.rewrite.Domain;
import dev.parfocal.core.rewrite.StableForms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation stands in every table: one that is added to {@link Op} alone fails here. */
class OperationsTest {

    private static final double[] NUMBERS = {-2.5, -1, -0.4, 0, 0.3, 1, 1.7, 2, 3};
    private static final Domain[] DOMAINS = {
        Domain.ANY, new Domain(-2.5, 3), new Domain(0, 3), new Domain(0.3, 1), new Domain(-2.5, -1)
    };

    /** All but leaves and what reads a row. */
    static Stream<Op> operations() {
        return Stream.of(Op.values()).filter(op -> op.arity() > 0 && Arithmetic.evaluates(op));
    }

    private static Stream<Op> functions() {
        return operations().filter(op -> op.type() == Op.Type.NUMBER);
    }

    /** The operation on x and t; a condition chooses between them. */
    private static Node number(Graph graph, Op op) {
        Node x = graph.input("x");
        Node t = graph.input("t");
        Node less = graph.apply(Op.LESS, x, t);
        Node node = switch (op) {
            case SELECT -> graph.apply(op, less, x, t);
            case AND, OR -> graph.apply(op, less, graph.apply(Op.LESS, t, graph.constant(1)));
            case NOT -> graph.apply(op, less);
            default -> op.arity() == 1 ? graph.apply(op, x) : graph.apply(op, x, t);
        };
        return op.type() == Op.Type.BOOLEAN ? graph.apply(Op.SELECT, node, x, t) : node;
    }

    private static Loss loss(Op op) {
        String text = FormulaPrinter.expression(number(new Graph(), op), Map.of());
        return Loss.parse("loss one(x; t in [-2.5, 3])\nmay be negative\nx + t + (" + text + ")");
    }

    @ParameterizedTest
    @MethodSource("operations")
    void readsBackAsItIsPrinted(Op op) {
        Node value = loss(op).textbook().program().value();
        assertThat(FormulaPrinter.expression(value.operand(1), Map.of()))
                .isEqualTo(FormulaPrinter.expression(number(new Graph(), op), Map.of()));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void hasADerivative(Op op) {
        DerivativeTable table = DerivativeTable.STANDARD;
        assertThat(table.rules().containsKey(op) || table.branches().containsKey(op))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void staysInItsRange(Op op) {
        for (Domain domain : DOMAINS) {
            Graph graph = new Graph();
            Node node = number(graph, op);
            Node operation = op.type() == Op.Type.BOOLEAN ? node.operand(0) : node;
            Domain range = StableForms.range(operation, Map.of("x", domain, "t", domain));
            for (double x : NUMBERS) {
                for (double t : NUMBERS) {
                    boolean inside = Math.min(x, t) >= domain.low() && Math.max(x, t) <= domain.high();
                    double value = evaluate(operation, graph, x, t);
                    if (inside && Double.isFinite(value)) {
                        assertThat(value)
                                .as("%s at %s, %s for inputs in %s", op, x, t, domain)
                                .isBetween(range.low(), range.high());
                    }
                }
            }
        }
    }

    private static double evaluate(Node node, Graph graph, double x, double t) {
        List<Node> leaves = List.of(graph.input("x"), graph.input("t"));
        Interpreter interpreter = new Interpreter(leaves, List.of(node));
        interpreter.set(leaves.get(0), x);
        interpreter.set(leaves.get(1), t);
        interpreter.run();
        return interpreter.get(node);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyExecutorAgreesWithManyDigits(Op op) {
        Loss loss = loss(op);
        Oracle oracle = new Oracle(loss.textbook().program());
        int count = NUMBERS.length * NUMBERS.length;
        float[] x = new float[count];
        float[] t = new float[count];
        for (int i = 0; i < count; i++) {
            x[i] = (float) NUMBERS[i / NUMBERS.length];
            t[i] = (float) NUMBERS[i % NUMBERS.length];
        }
        float[] reference = values(loss, Backend.REFERENCE, x, t);
        float[] scalar = values(loss, Backend.SCALAR, x, t);
        float[] vector = Backend.isVectorPresent() ? values(loss, Backend.VECTOR, x, t) : scalar;
        int compared = 0;
        for (int i = 0; i < count; i++) {
            assertThat(Float.floatToIntBits(vector[i])).isEqualTo(Float.floatToIntBits(scalar[i]));
            if (Float.isFinite(reference[i])) {
                double exact =
                        oracle.at(x[i], Map.of("t", (double) t[i])).value().toDouble();
                String where = op + " at " + x[i] + ", " + t[i];
                assertThat((double) reference[i])
                        .as(where)
                        .isCloseTo(exact, within(1e-6 * Math.max(1, Math.abs(exact))));
                assertThat((double) scalar[i]).as(where).isCloseTo(exact, within(2e-6 * Math.max(1, Math.abs(exact))));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(count / 4);
    }

    private static float[] values(Loss loss, Backend backend, float[] x, float[] t) {
        float[] values = new float[x.length];
        Batch batch = new Batch.Dense(Floats.of(x), x.length, 1, List.of(Floats.of(t)));
        Options options = Options.of(Normalizer.none()).withValues(Floats.of(values));
        LossFunction.of(loss, backend, 1).evaluate(batch, options, Floats.of(new float[x.length]));
        return values;
    }

    @ParameterizedTest
    @MethodSource("functions")
    void isWrittenOfInTheDocumentation(Op op) throws Exception {
        String text = FormulaPrinter.expression(number(new Graph(), op), Map.of());
        boolean isCall = text.startsWith(op.name().toLowerCase(java.util.Locale.ROOT) + "(");
        String page = Files.readString(Path.of("../docs/language.md"));
        assertThat(page).contains(isCall ? "| `" + text.substring(0, text.indexOf('(')) + "` |" : "    product ");
    }
}
