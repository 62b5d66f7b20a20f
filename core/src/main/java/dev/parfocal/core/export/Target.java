package dev.parfocal.core.export;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.loss.Loss;
import java.util.Locale;

/** What a loss is exported to. */
public enum Target {
    /** One Python file that needs nothing but PyTorch. */
    PYTORCH(".py") {
        @Override
        String written(Loss loss, String version) {
            return PytorchModule.of(loss, version);
        }
    },
    /** One header in C99 that needs no library: the same bits as the scalar kernel. */
    C(".h") {
        @Override
        String written(Loss loss, String version) {
            return CHeader.of(loss, version);
        }
    },
    /** Kernels in CUDA, of float32 and bfloat16: the functions of an element are those of C. */
    CUDA(".cu") {
        @Override
        String written(Loss loss, String version) {
            return CudaSource.of(loss, version);
        }
    };

    private final String suffix;

    Target(String suffix) {
        this.suffix = suffix;
    }

    /**
     * The text of the file.
     *
     * @param version which Parfocal writes it
     * @throws ParfocalException if the target cannot hold the loss
     */
    public String text(Loss loss, String version) {
        if (loss.takesIndexFunctions()) {
            throw new ParfocalException(
                    loss.name() + " takes the expectation of a function of the index, which no export can hold;"
                            + " plain expectation(row) can be exported");
        }
        if (this != PYTORCH && loss.takesDivergences()) {
            throw new ParfocalException(loss.name() + " takes a divergence between rows, which --to " + word()
                    + " cannot hold; --to pytorch can");
        }
        return written(loss, version);
    }

    abstract String written(Loss loss, String version);

    /** The word for the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the file's name ends in. */
    public String suffix() {
        return suffix;
    }

    /** Whether a file with this first line was written by an export, and may be written again. */
    public static boolean isExport(String firstLine) {
        return Origin.isIn(firstLine);
    }
}
