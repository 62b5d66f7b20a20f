package dev.parfocal.core.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.check.LossCheck;
import dev.parfocal.core.kernel.Backend;
import dev.parfocal.core.kernel.Floats;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Parameters with a value for each class, and weights of classes, in losses of logits and of rows. */
@ResourceLock(Warm.UP)
class ClassParametersTest {

    private static final Options SUM = Options.of(Normalizer.none());
    private static final int ANCHORS = 200;

    private final Batches memory = Batches.seeded(12, false);

    /** Every parameter of the catalogue that may differ from class to class; vector code has the bits of plain code. */
    static Stream<Arguments> parameters() {
        return Catalogue.all().stream()
                .flatMap(loss -> loss.parameters().stream()
                        .filter(Parameter::perClass)
                        .flatMap(parameter -> Stream.of(Backend.REFERENCE, Backend.SCALAR)
                                .map(backend -> Arguments.of(loss, parameter, backend))));
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void eachClassHasItsOwn(Loss loss, Parameter parameter, Backend backend) {
        double span = (parameter.max() - parameter.min()) / 2;
        int classes = loss.kind() == Kind.ROW ? loss.predicted().get(0).length() : Batches.CLASSES;
        List<Double> numbers = Stream.iterate(0, i -> i + 1)
                .limit(classes)
                .map(i -> (double) (float) (i == 1 ? parameter.max() : parameter.min() + span * i / classes))
                .toList();
        Batch batch = memory.of(loss, ANCHORS, true);
        Loss differing = loss.withPerClass(parameter.name(), numbers);
        Bits together = Bits.of(LossFunction.of(differing, backend, 2), memory, batch, SUM);
        int compared = 0;
        for (int c = 0; c < classes; c++) {
            Loss one = loss.with(parameter.name(), numbers.get(c));
            assertThat(differing.ofClass(c)).isEqualTo(one);
            Bits alone = Bits.of(LossFunction.of(one, Backend.REFERENCE, 1), memory, batch, SUM);
            for (int e = 0; e < batch.elements(); e++) {
                if (Element.of(loss, batch, e).classOf() == c) {
                    assertThat(together.values()[e]).isEqualTo(alone.values()[e], offset(scaled(alone.values()[e])));
                    compared++;
                }
            }
        }
        assertThat(compared).isEqualTo(batch.elements());
    }

    private static float scaled(float number) {
        return 5e-6f * Math.max(1, Math.abs(number));
    }

    @Test
    void backendsAgreeToTheLastBit() {
        for (Loss loss : List.of(
                Catalogue.get("focal").withPerClass("gamma", List.of(0.0, 1.5, 2.0, 3.0, 5.0)),
                Catalogue.get("ldam").with("classes", 4).withPerClass("margin", List.of(0.0, 0.5, 1.0, 2.0)))) {
            Batch batch = memory.of(loss, ANCHORS, true);
            LossFunction vector = LossFunction.of(loss, Backend.best(), 3);
            Bits scalar = Bits.of(LossFunction.of(loss, Backend.SCALAR, 1), memory, batch, SUM);
            scalar.assertSame(Bits.of(vector, memory, batch, SUM));
            Warm.await(vector);
            scalar.assertSame(Bits.of(vector, memory, batch, SUM));
        }
    }

    @Test
    void theSameForAllClassesHasTheBitsOfOneNumber() {
        Loss focal = Catalogue.get("focal");
        Loss all = focal.withPerClass("alpha", List.of(0.4, 0.4)).with("alpha", 0.4);
        assertThat(all).isEqualTo(focal.with("alpha", 0.4));
        assertThat(all.perClass()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void rowsAreWeighedByTheirLabels(Backend backend) {
        Loss loss = Catalogue.get("softmax_cross_entropy").with("classes", 3);
        Batch batch = memory.of(loss, ANCHORS, true);
        Floats byClass = Floats.of(new float[] {0.5f, 0, 2});
        Bits plain = Bits.of(LossFunction.of(loss, backend, 2), memory, batch, SUM);
        Bits weighed =
                Bits.of(LossFunction.of(loss, backend, 2), memory, batch, SUM.withWeights(Weights.perClass(byClass)));
        for (int row = 0; row < ANCHORS; row++) {
            float weight = byClass.get(Element.of(loss, batch, row).classOf());
            assertThat(weighed.values()[row])
                    .isEqualTo(plain.values()[row] * weight, offset(scaled(plain.values()[row])));
        }
    }

    @Test
    void aCallHasTheLastWord() {
        Loss loss = Catalogue.get("focal").withPerClass("alpha", List.of(0.1, 0.9));
        Batch batch = memory.sparse(50, 2);
        LossFunction function = LossFunction.of(loss, Backend.SCALAR, 1);
        Bits called = Bits.of(function, memory, batch, SUM.withArgument("alpha", 0.3));
        Bits.of(
                        LossFunction.of(Catalogue.get("focal"), Backend.SCALAR, 1),
                        memory,
                        batch,
                        SUM.withArgument("alpha", 0.3))
                .assertSame(called);
    }

    @Test
    void isCheckedForEachClass() {
        Loss loss = Loss.parse("""
            loss wrong(logit; target in [0, 1])
            param bend[class] = 0 in [0, 1] "where it is negative in the middle alone"
            p = sigmoid(logit)
            -(target * log(p) + (1 - target) * log(1 - p)) - 9 * bend * (1 - bend)
            """);
        Loss two = loss.withPerClass("bend", List.of(0.0, 0.5));
        assertThat(two).hasToString("wrong(bend = [0, 0.5])");
        assertThat(LossCheck.run(loss).passed()).isTrue();
        assertThat(LossCheck.run(two).passed()).isFalse();
    }

    @Test
    void whatCannotBeIsRefused() {
        Loss focal = Catalogue.get("focal");
        assertThatThrownBy(() -> focal.withPerClass("alpha", List.of(0.5, 2.0)))
                .isInstanceOf(ParfocalException.class)
                .hasMessage("focal: alpha = 2 is outside its range [0, 1]");
        assertThatThrownBy(() -> focal.withPerClass("alpha", List.of()))
                .hasMessage("focal: alpha needs a value for each class, and there is none");
        assertThatThrownBy(() -> Catalogue.get("dual_focal").withPerClass("beta", List.of(1.0)))
                .hasMessage(
                        "dual_focal: beta is one number for all classes; where its text declares 'param beta[class] ="
                                + " …', each class may have its own");
        Loss two = focal.withPerClass("alpha", List.of(0.1, 0.9));
        assertThatThrownBy(() -> two.ofClass(2))
                .hasMessage("focal: alpha has values for 2 classes, the first of which is 0, and none for class 2");
        assertThatThrownBy(() -> Bits.of(LossFunction.of(two, Backend.SCALAR, 1), memory, memory.sparse(5, 3), SUM))
                .isInstanceOf(ParfocalException.class)
                .hasMessage("wrong size of the parameter alpha: 2 numbers where 3 are needed");
        Batch rows = memory.of(Catalogue.get("distribution_focal"), 5, true);
        Options weights = SUM.withWeights(Weights.perClass(Floats.of(new float[17])));
        assertThatThrownBy(() -> Bits.of(LossFunction.of(Catalogue.get("distribution_focal")), memory, rows, weights))
                .hasMessageStartingWith("class weights need a loss that knows a class for each logit");
    }
}
