package dev.parfocal.core.loss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.kernel.Backend;
import dev.parfocal.core.kernel.Floats;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ResourceLock(Warm.UP)
class BackendAgreementTest {

    private static final List<Integer> SIZES = List.of(0, 1, 3, 7, 15, 16, 17, 31, 2047, 2048, 2049);

    @BeforeAll
    static void vectorsAreThere() {
        assertThat(Backend.best()).isEqualTo(Backend.VECTOR);
    }

    static Stream<Arguments> losses() {
        return Catalogue.all().stream()
                .flatMap(loss -> Stream.of(true, false)
                        .filter(sparse -> sparse || loss.kind() == Kind.POINTWISE)
                        .map(sparse -> Arguments.of(loss, sparse)));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void generatedCodeAgreesWithTheOracle(Loss loss, boolean sparse) {
        for (boolean direct : new boolean[] {false, true}) {
            Batches memory = Batches.seeded(7, direct);
            Batch batch = memory.of(loss, 500, sparse);
            Options options = Options.of(loss.recipe()).withScale(.5);
            Bits oracle = Bits.of(LossFunction.of(loss, Backend.REFERENCE, 1), memory, batch, options);
            Bits scalar = Bits.of(LossFunction.of(loss, Backend.SCALAR, 2), memory, batch, options);
            assertClose(scalar.gradient(), oracle.gradient(), bound(loss));
            assertClose(scalar.values(), oracle.values(), bound(loss));
            assertThat(scalar.evaluation().positives())
                    .isEqualTo(oracle.evaluation().positives());
            assertThat(scalar.evaluation().normalizer())
                    .isEqualTo(oracle.evaluation().normalizer());
            assertThat(scalar.evaluation().sum() / oracle.evaluation().sum()).isBetween(1 - 2e-7, 1 + 2e-7);
        }
    }

    /** Losses in which float32 loses more: differences of nearly equal numbers, powers of a power. */
    private static final Set<String> ROUGH = Set.of("inner_iou", "ia_bce");

    private static float bound(Loss loss) {
        return ROUGH.contains(loss.name()) ? 6e-6f : 2e-6f;
    }

    private static void assertClose(float[] found, float[] expected, float bound) {
        for (int i = 0; i < found.length; i++) {
            assertThat(Math.abs(found[i] - expected[i]))
                    .as("element %d: %s for %s", i, found[i], expected[i])
                    .isLessThanOrEqualTo(bound * Math.max(.1f, Math.abs(expected[i])));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"focal", "distribution_focal", "giou"})
    void vectorsGiveTheBitsOfPlainCodeOnAnySizeBeforeAndAfterTheSwap(String name) {
        Loss loss = Catalogue.get(name);
        for (boolean direct : new boolean[] {false, loss.kind() == Kind.POINTWISE}) {
            LossFunction vector = LossFunction.of(loss, Backend.VECTOR, 2);
            LossFunction scalar = LossFunction.of(loss, Backend.SCALAR, 1);
            Batches memory = Batches.seeded(3, direct);
            Options options = Options.of(loss.recipe());
            Batch large = memory.of(loss, 1500, true);
            Bits before = Bits.of(vector, memory, large, options);
            Warm.await(vector);
            before.assertSame(Bits.of(vector, memory, large, options));
            for (int size : SIZES) {
                Batch batch = loss.kind() == Kind.POINTWISE ? memory.sparse(size, 1) : memory.of(loss, size, true);
                Bits.of(scalar, memory, batch, options).assertSame(Bits.of(vector, memory, batch, options));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"focal", "varifocal_detached", "distribution_focal", "ciou"})
    void anyNumberOfThreadsGivesTheSameBits(String name) {
        Loss loss = Catalogue.get(name);
        Batches memory = Batches.seeded(5, false);
        Batch batch = memory.of(loss, 30_000, false);
        Options options = Options.of(loss.recipe());
        Bits one = Bits.of(LossFunction.of(loss, Backend.SCALAR, 1), memory, batch, options);
        for (int threads : new int[] {2, 3, 7}) {
            one.assertSame(Bits.of(LossFunction.of(loss, Backend.SCALAR, threads), memory, batch, options));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"focal", "varifocal", "quality_focal", "bce", "varifocal_detached"})
    void sparseTargetsGiveTheBitsOfTheSameTargetsDense(String name) {
        Loss loss = Catalogue.get(name);
        Batches memory = Batches.seeded(11, false);
        Batch.Sparse sparse = memory.sparse(3000, Batches.CLASSES);
        for (int i = 0; i < sparse.anchors(); i++) {
            sparse.labels()[i] = Math.max(Batch.BACKGROUND, sparse.labels()[i]);
        }
        Elements elements = Elements.of(loss, sparse);
        List<Floats> given = loss.given().stream()
                .map(input -> memory.room(sparse.elements()))
                .toList();
        for (int c = 0; c < given.size(); c++) {
            for (int e = 0; e < sparse.elements(); e++) {
                given.get(c).set(e, elements.given(e, c));
            }
        }
        Batch dense = new Batch.Dense(sparse.logits(), sparse.anchors(), sparse.classes(), given);
        Options options = Options.of(Normalizer.elements());
        LossFunction function = LossFunction.of(loss, Backend.SCALAR, 2);
        Bits.of(function, memory, sparse, options).assertSame(Bits.of(function, memory, dense, options));
    }
}
