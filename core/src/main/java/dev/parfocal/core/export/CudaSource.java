package dev.parfocal.core.export;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.loss.Loss;
import java.util.Map;

/** A loss as kernels in CUDA, which nvcc and NVRTC compile: the same functions of an element as in C. */
final class CudaSource {

    private CudaSource() {}

    static String of(Loss loss, String version) {
        if (!loss.states().isEmpty()) {
            throw new ParfocalException(
                    "a kernel of CUDA cannot hold '" + loss.states().get(0).name() + "', which " + loss.name()
                            + " keeps between batches: export it to pytorch or to c");
        }
        return String.join("\n", Origin.lines(loss, version, "//"))
                + "\n\n"
                + Template.filled("prelude.cu", Map.of()) + "\n"
                + Template.filled(resource(loss), new CPlaces(loss).all());
    }

    private static String resource(Loss loss) {
        return switch (loss.kind()) {
            case POINTWISE -> "pointwise.cu";
            case ROW -> "rows.cu";
            case BOX -> "boxes.cu";
        };
    }
}
