package dev.parfocal.detection.box;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PlacementTest {

    private final SplittableRandom random = new SplittableRandom(3);

    private Box box() {
        return Box.ofXywh(random.nextDouble(-50, 50), random.nextDouble(-50, 50), random.nextDouble(1, 90), 7);
    }

    private Placement placement() {
        double sign = random.nextBoolean() ? 1 : -1;
        double shift = random.nextDouble(-99, 99);
        return new Placement(sign * random.nextDouble(0.1, 9), random.nextDouble(0.1, 9), shift, -shift);
    }

    private static void assertSame(Box actual, Box expected) {
        assertThat(actual.x1()).isCloseTo(expected.x1(), within(1e-9));
        assertThat(actual.y1()).isCloseTo(expected.y1(), within(1e-9));
        assertThat(actual.x2()).isCloseTo(expected.x2(), within(1e-9));
        assertThat(actual.y2()).isCloseTo(expected.y2(), within(1e-9));
    }

    @Test
    void theInverseLeadsBackAndMovesChain() {
        for (int i = 0; i < 200; i++) {
            Box box = box();
            Placement first = placement();
            Placement second = placement();
            assertSame(first.inverse().apply(first.apply(box)), box);
            assertSame(first.then(second).apply(box), second.apply(first.apply(box)));
            assertThat(first.apply(box).area()).isCloseTo(box.area() * first.areaFactor(), within(1e-6));
        }
    }

    @Test
    void iouSurvivesMovingBothBoxes() {
        for (int i = 0; i < 200; i++) {
            Box a = box();
            Box b = box();
            Placement move = placement();
            assertThat(move.apply(a).iou(move.apply(b))).isCloseTo(a.iou(b), within(1e-9));
            assertThat(a.iou(b)).isEqualTo(b.iou(a)).isBetween(0.0, 1.0);
            assertThat(a.iou(a)).isEqualTo(1);
        }
    }

    @Test
    void iouCountsPixels() {
        Box a = new Box(0, 0, 4, 4);
        assertThat(a.iou(new Box(2, 2, 6, 6))).isEqualTo(4.0 / 28);
        assertThat(a.iou(new Box(4, 0, 8, 4))).isZero();
        Box point = new Box(1, 1, 1, 1);
        assertThat(point.iou(point)).isZero();
    }

    @Test
    void mirrorsAreTheirOwnInverse() {
        Box box = new Box(1, 2, 5, 8);
        assertThat(Placement.mirrorX(20).apply(box)).isEqualTo(new Box(15, 2, 19, 8));
        assertThat(Placement.mirrorY(20).apply(box)).isEqualTo(new Box(1, 12, 5, 18));
        assertThat(Placement.mirrorX(20).then(Placement.mirrorX(20)).apply(box)).isEqualTo(box);
    }

    @Test
    void boxesWithoutSenseAreEmpty() {
        assertThat(new Box(5, 0, 2, 3).isEmpty()).isTrue();
        assertThat(new Box(0, 0, Double.NaN, 3).isEmpty()).isTrue();
        assertThat(new Box(0, 0, Double.NaN, 3).isFinite()).isFalse();
        assertThat(new Box(-9, -9, -2, -2).clipped(10, 10).isEmpty()).isTrue();
        assertThat(new Box(-9, 2, 99, 5).clipped(10, 10)).isEqualTo(new Box(0, 2, 10, 5));
    }

    @Test
    void fitsFillTheFrameOrKeepTheAspectRatio() {
        Box image = new Box(0, 0, 200, 100);
        assertSame(Fit.STRETCH.place(200, 100, 64, 64).apply(image), new Box(0, 0, 64, 64));
        assertSame(Fit.LETTERBOX.place(200, 100, 64, 64).apply(image), new Box(0, 16, 64, 48));
    }

    @Test
    void scaleZeroIsRefused() {
        assertThatThrownBy(() -> new Placement(0, 1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
