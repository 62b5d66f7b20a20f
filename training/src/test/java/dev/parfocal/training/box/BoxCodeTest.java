package dev.parfocal.training.box;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.detection.assign.Priors;
import dev.parfocal.training.engine.Engine;
import dev.parfocal.training.engine.Scope;
import dev.parfocal.training.engine.Tensor;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BoxCodeTest {
    /** Two images of two priors each; the second image's are other boxes, as proposals are. */
    private static final PriorBatch CELLS = PriorBatch.same(Priors.cells(16, 8, 8), 2);

    private static final PriorBatch BOXES = PriorBatch.of(java.util.List.of(
            Priors.boxes(new float[] {10, 20, 50, 44, 0, 0, 32, 16}), Priors.boxes(new float[] {5, 5, 25, 65})));

    private static final PriorBatch IMAGE = PriorBatch.same(Priors.boxes(new float[] {0, 0, 320, 240}), 3);

    @BeforeAll
    static void start() {
        Engine.start(1);
    }

    /** A code with priors that it is used with, and a class. */
    private record Case(BoxCode code, PriorBatch priors, int label) {
        @Override
        public String toString() {
            return code.toString();
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case(new DistanceCode(), CELLS, 0),
                new Case(new DistributionCode(1), CELLS, 0),
                new Case(new DistributionCode(7), CELLS, 0),
                new Case(new DistributionCode(16), CELLS, 0),
                new Case(DeltaCode.ANCHORS, BOXES, 0),
                new Case(new DeltaCode(10, 5, 4), BOXES, 2),
                new Case(new CentreCode(), IMAGE, 0),
                new Case(new CellCode(), CELLS, 0));
    }

    @Test
    void deviationsAreThoseOfTheDistributions() {
        // Bins 0, 1, 2 with probabilities 1/4, 1/2, 1/4: variance 1/2; one certain bin: none.
        float half = (float) Math.log(2);
        Case c = new Case(new DistributionCode(2), CELLS, 0);
        float[] raw = new float[c.priors.rows() * 12];
        raw[1] = half;
        raw[3] = 200;
        decoded(c, raw, decoded -> {
            assertThat(decoded.hasDeviations()).isTrue();
            assertThat(decoded.deviation(0, 0)).isCloseTo((float) Math.sqrt(0.5), within(1e-6f));
            assertThat(decoded.deviation(0, 1)).isCloseTo(0, within(1e-6f));
            assertThat(decoded.deviation(0, 2)).isCloseTo((float) Math.sqrt(2 / 3.0), within(1e-6f));
        });
        Case plain = new Case(new DistanceCode(), CELLS, 0);
        decoded(
                plain,
                new float[plain.priors.rows() * 4],
                decoded -> assertThat(decoded.hasDeviations()).isFalse());
    }

    private static void decoded(Case c, float[] raw, Consumer<BoxCode.Decoded> look) {
        Scope.unrecorded(() -> {
            Tensor tensor = Tensor.zeros(c.priors.rows(), c.code.length());
            tensor.set(raw);
            look.accept(c.code.decode(tensor, c.priors));
        });
    }

    private static float[] random(Case c) {
        Random random = new Random(1);
        float[] raw = new float[c.priors.rows() * c.code.length()];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = (float) random.nextGaussian();
        }
        return raw;
    }

    /** The sum of the corners, or of the coordinates, of a row's box, each times its own factor. */
    private static double weighted(Case c, float[] raw, int row, float[] factors, boolean corners) {
        double[] sum = new double[1];
        decoded(c, raw, boxes -> {
            for (int i = 0; i < 4; i++) {
                sum[0] += factors[i] * (corners ? boxes.corner(row, c.label, i) : boxes.coordinate(row, c.label, i));
            }
        });
        return sum[0];
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theChainRulesAgreeWithCentralDifferences(Case c) {
        float[] raw = random(c);
        float[] factors = {2, -1, 0.5f, 3};
        int span = 4 * c.code.bins();
        for (int row = 0; row < c.priors.rows(); row++) {
            for (boolean corners : new boolean[] {true, false}) {
                float[] slopes = new float[span];
                int at = row;
                decoded(c, raw, boxes -> {
                    if (corners) {
                        boxes.backwardCorners(at, c.label, factors, 0, slopes, 0);
                    } else {
                        boxes.backwardCoordinates(at, c.label, factors, 0, slopes, 0);
                    }
                });
                int start = row * c.code.length() + c.code.offset(c.label);
                for (int i = 0; i < span; i++) {
                    float step = 0.01f;
                    float[] up = raw.clone();
                    float[] down = raw.clone();
                    up[start + i] += step;
                    down[start + i] -= step;
                    double difference =
                            weighted(c, up, row, factors, corners) - weighted(c, down, row, factors, corners);
                    double slope = difference / (2 * step);
                    assertThat((double) slopes[i]).isCloseTo(slope, within(2e-3 * (1 + Math.abs(slope))));
                }
            }
        }
    }

    /** What a code's coordinates say of a box is the box. */
    @ParameterizedTest
    @MethodSource("cases")
    void encodingIsTheInverseOfDecoding(Case c) {
        float[] raw = random(c);
        decoded(c, raw, boxes -> {
            for (int row = 0; row < c.priors.rows(); row++) {
                int image = c.priors.image(row);
                Priors priors = c.priors.of(image);
                int prior = c.priors.prior(row);
                float[] box = new float[4];
                for (int i = 0; i < 4; i++) {
                    float centre = i % 2 == 0 ? priors.x(prior) : priors.y(prior);
                    box[i] = centre + boxes.corner(row, c.label, i) * priors.stride()[prior];
                }
                float[] coordinates = new float[4];
                c.code.encode(priors, prior, box, 0, coordinates, 0);
                for (int i = 0; i < 4; i++) {
                    float expected = boxes.coordinate(row, c.label, i);
                    assertThat(coordinates[i]).isCloseTo(expected, within(2e-4f * (1 + Math.abs(expected))));
                }
            }
        });
    }

    @Test
    void aDistributionBetweenTwoBinsDecodesToThePointBetweenThem() {
        Case c = new Case(new DistributionCode(7), CELLS, 0);
        int bins = c.code.bins();
        int sides = 4 * c.priors.rows();
        float[] raw = new float[sides * bins];
        for (int side = 0; side < sides; side++) {
            double distance = side % 8 * 0.8;
            int low = (int) distance;
            for (int j = 0; j < bins; j++) {
                double share = j == low ? low + 1 - distance : j == low + 1 ? distance - low : 0;
                raw[side * bins + j] = share == 0 ? -1000 : (float) Math.log(share);
            }
        }
        decoded(c, raw, boxes -> {
            for (int side = 0; side < sides; side++) {
                assertThat(boxes.coordinate(side / 4, 0, side % 4)).isCloseTo((float) (side % 8 * 0.8), within(1e-5f));
            }
        });
    }

    @Test
    void plainDistancesAreSoftplus() {
        Case c = new Case(new DistanceCode(), PriorBatch.same(Priors.cells(16, 8, 8), 1), 0);
        float[] raw = {-30, -1, 0, 1, 2, 3, 4, 50};
        decoded(c, raw, boxes -> {
            for (int side = 0; side < raw.length; side++) {
                double expected = Math.log1p(Math.exp(raw[side]));
                assertThat((double) boxes.coordinate(side / 4, 0, side % 4))
                        .isCloseTo(expected, within(1e-5 * (1 + expected)));
            }
        });
    }

    /** torchvision 0.29's BoxCoder((10, 10, 5, 5)) on the first prior of {@link #BOXES}. */
    @Test
    void deltasAreThoseOfTorchvision() {
        float[] coordinates = new float[4];
        new DeltaCode(10, 5, 1).encode(BOXES.of(0), 0, new float[] {14, 18, 62, 40}, 0, coordinates, 0);
        assertThat(coordinates).containsExactly(new float[] {2, -1.25f, 0.911608f, -0.435057f}, within(1e-5f));
    }

    @Test
    void rowsOfABatchKnowTheirImages() {
        assertThat(BOXES.rows()).isEqualTo(3);
        assertThat(new int[] {BOXES.image(0), BOXES.image(1), BOXES.image(2)}).containsExactly(0, 0, 1);
        assertThat(BOXES.prior(2)).isZero();
        PriorBatch holes = PriorBatch.of(
                java.util.List.of(Priors.boxes(new float[0]), Priors.boxes(new float[4]), Priors.boxes(new float[0])));
        assertThat(holes.image(0)).isEqualTo(1);
    }
}
