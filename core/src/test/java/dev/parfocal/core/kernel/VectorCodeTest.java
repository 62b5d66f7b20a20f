package dev.parfocal.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.graph.Graph;
import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.graph.ScalarProgram;
import dev.parfocal.core.loss.Loss;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Vector code against plain code, before the virtual machine has compiled either. */
class VectorCodeTest {

    private static final int COUNT = 64;
    private static final float[] HARD = {
        0,
        -0f,
        1,
        -1,
        88.5f,
        -88.5f,
        90,
        -104,
        3e38f,
        -3e38f,
        1e-38f,
        -1e-44f,
        Float.NaN,
        1e9f,
        .5f,
        16.6f,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY
    };

    private final Random random = new Random(4);

    static List<Loss> losses() {
        return Catalogue.all();
    }

    @ParameterizedTest
    @MethodSource("losses")
    void everyLossHasTheSameBits(Loss loss) {
        ScalarProgram program = loss.program();
        List<Node> inputs = new ArrayList<>(program.predicted());
        inputs.addAll(program.given());
        List<Node> outputs = new ArrayList<>(program.gradients());
        outputs.add(program.value());
        Plan plan = Plan.of(new Formula(inputs, List.of(), outputs), true);
        float[][] columns = IntStream.range(0, inputs.size())
                .mapToObj(i -> numbers(i < program.predicted().size()))
                .toArray(float[][]::new);
        for (Memory direct : List.of(Memory.HEAP, VectorModule.direct())) {
            assertThat(run(plan, columns, direct, new VectorDialect(VectorModule.width())))
                    .isEqualTo(run(plan, columns, Memory.HEAP, new ScalarDialect()));
        }
    }

    @Test
    void sectionsHaveTheBitsOfTheWhole() {
        ScalarProgram program = Catalogue.get("ciou").program();
        List<Node> inputs = new ArrayList<>(program.predicted());
        inputs.addAll(program.given());
        List<Node> outputs = new ArrayList<>(program.gradients());
        outputs.add(program.value());
        Plan plan = Plan.of(new Formula(inputs, List.of(), outputs), true);
        List<Memory> heap = Collections.nCopies(plan.columns(), Memory.HEAP);
        CompiledKernel whole = new CompiledKernel(plan, heap, Integer.MAX_VALUE);
        CompiledKernel cut = new CompiledKernel(plan, heap, 7);
        assertThat(whole.parts()).hasSize(1);
        assertThat(cut.parts()).hasSizeGreaterThan(20);
        Frame first = whole.frame();
        Frame second = cut.frame();
        float[][] results = new float[8][COUNT];
        for (int i = 0; i < inputs.size(); i++) {
            float[] column = ordinary();
            first.column(i, column);
            second.column(i, column);
        }
        for (int i = 0; i < 4; i++) {
            first.column(inputs.size() + i, results[i]);
            second.column(inputs.size() + i, results[4 + i]);
        }
        first.run(COUNT);
        second.run(COUNT);
        assertThat(second.sum()).isEqualTo(first.sum()).isFinite();
        for (int i = 0; i < 4; i++) {
            assertThat(results[4 + i]).isEqualTo(results[i]);
        }
    }

    @Test
    void piecesOfVectorCodeHaveTheBitsOfTheWhole() throws InterruptedException {
        ScalarProgram program = Catalogue.get("bce").program();
        List<Node> inputs = List.of(program.predicted().get(0), program.given().get(0));
        Plan plan = Plan.of(
                new Formula(inputs, List.of(), List.of(program.gradients().get(0), program.value())), true);
        List<Memory> heap = Collections.nCopies(plan.columns(), Memory.HEAP);
        Kernel pieces = Objects.requireNonNull(Warmup.warmPieces(plan, heap, 30));
        assertThat(pieces).isInstanceOf(Stages.class);
        Kernel whole = HiddenClasses.instance(KernelWriter.write(plan, heap, new ScalarDialect(), false));
        float[][] columns = {ordinary(), numbers(false), new float[COUNT]};
        float[][] sums = new float[2][Plan.LANES];
        pieces.run(columns, new int[3], COUNT, new float[0], sums[0]);
        float[] gradient = columns[2].clone();
        whole.run(columns, new int[3], COUNT, new float[0], sums[1]);
        assertThat(gradient).isEqualTo(columns[2]);
        assertThat(sums[0]).isEqualTo(sums[1]);
    }

    /** Knowing that one operand is no NaN saves steps, whichever it is, and changes nothing else: ties and NaN stay. */
    @ParameterizedTest
    @EnumSource(
            value = Op.class,
            names = {"MIN", "MAX"})
    void extremaOfCheckedInputsHaveTheSameBits(Op op) {
        Graph graph = new Graph();
        Node any = graph.input("any");
        Node checked = graph.input("checked");
        List<Node> outputs = List.of(graph.apply(op, any, checked), graph.apply(op, checked, any));
        Formula formula = new Formula(List.of(any, checked), List.of(), outputs);
        Plan plain = Plan.of(formula, false);
        Plan shorter = Plan.of(formula.checked(List.of(checked)), false);
        assertThat(shorter.order()).hasSizeLessThan(plain.order().size());
        float[][] columns = {numbers(true), numbers(false)};
        columns[1][5] = -0f;
        columns[1][6] = 0f;
        for (Dialect dialect : List.of(new ScalarDialect(), new VectorDialect(VectorModule.width()))) {
            assertThat(run(shorter, columns, Memory.HEAP, dialect))
                    .isEqualTo(run(plain, columns, Memory.HEAP, new ScalarDialect()))
                    .contains(Float.floatToIntBits(Float.NaN));
        }
    }

    @Test
    void aPlantedDifferenceIsFound() {
        ScalarProgram program = Catalogue.get("bce").program();
        List<Node> inputs = List.of(program.predicted().get(0), program.given().get(0));
        Plan plan = Plan.of(new Formula(inputs, List.of(), List.of(program.value())), false);
        float[][] columns = {numbers(true), numbers(false)};
        assertThat(run(plan, columns, Memory.HEAP, new Faulty()))
                .isNotEqualTo(run(plan, columns, Memory.HEAP, new ScalarDialect()));
    }

    private float[] ordinary() {
        float[] numbers = new float[COUNT];
        for (int i = 0; i < COUNT; i++) {
            numbers[i] = (float) random.nextGaussian() * 5;
        }
        return numbers;
    }

    private float[] numbers(boolean predicted) {
        float[] numbers = new float[COUNT];
        for (int i = 0; i < COUNT; i++) {
            numbers[i] = !predicted ? (i % 3 == 0 ? i % 2 : random.nextFloat()) : (float) random.nextGaussian() * 5;
        }
        if (predicted) {
            System.arraycopy(HARD, 0, numbers, 5, HARD.length);
        }
        return numbers;
    }

    /** The output columns and the running sums; NaN has one form. */
    private static List<Integer> run(Plan plan, float[][] columns, Memory memory, Dialect dialect) {
        List<Memory> memories = Collections.nCopies(plan.columns(), memory);
        Kernel kernel = HiddenClasses.instance(KernelWriter.write(plan, memories, dialect, false));
        float[] sums = new float[Plan.LANES];
        Object[] arrays = new Object[plan.columns()];
        ByteBuffer[] bytes = new ByteBuffer[plan.columns()];
        for (int i = 0; i < arrays.length; i++) {
            float[] column = i < columns.length ? columns[i].clone() : new float[COUNT];
            bytes[i] = ByteBuffer.allocateDirect(4 * COUNT).order(ByteOrder.nativeOrder());
            bytes[i].asFloatBuffer().put(column);
            arrays[i] = memory == Memory.HEAP
                    ? column
                    : memory == Memory.SEGMENT ? VectorModule.segment(bytes[i]) : bytes[i];
        }
        kernel.run(arrays, new int[arrays.length], COUNT, new float[0], sums);
        List<Integer> bits = new ArrayList<>();
        for (int i = columns.length; i < arrays.length; i++) {
            for (int k = 0; k < COUNT; k++) {
                float found = memory == Memory.HEAP ? ((float[]) arrays[i])[k] : bytes[i].getFloat(4 * k);
                bits.add(Float.floatToIntBits(found));
            }
        }
        for (float sum : sums) {
            bits.add(Float.floatToIntBits(sum));
        }
        return bits;
    }

    /** Plain code whose products are off by the last bit. */
    private static final class Faulty implements Dialect {

        private final ScalarDialect right = new ScalarDialect();

        @Override
        public int width() {
            return 1;
        }

        @Override
        public String memoryClass(Memory memory) {
            return right.memoryClass(memory);
        }

        @Override
        public void load(MethodVisitor code, Memory memory, Runnable base, Runnable index) {
            right.load(code, memory, base, index);
        }

        @Override
        public void store(MethodVisitor code, Memory memory, Runnable value, Runnable base, Runnable index) {
            right.store(code, memory, value, base, index);
        }

        @Override
        public void constant(MethodVisitor code, Step step) {
            right.constant(code, step);
        }

        @Override
        public void broadcast(MethodVisitor code) {
            right.broadcast(code);
        }

        @Override
        public void apply(MethodVisitor code, Step step) {
            if (step.prim() == Prim.MULTIPLY) {
                code.visitInsn(Opcodes.FMUL);
                code.visitLdcInsn(1 + Math.ulp(1f));
            }
            right.apply(code, step);
        }

        @Override
        public void select(MethodVisitor code, Step step, java.util.function.Consumer<Step> push) {
            right.select(code, step, push);
        }

        @Override
        public int loadOpcode(boolean isInt) {
            return right.loadOpcode(isInt);
        }

        @Override
        public int storeOpcode(boolean isInt) {
            return right.storeOpcode(isInt);
        }
    }
}
