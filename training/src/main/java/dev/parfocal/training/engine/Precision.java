package dev.parfocal.training.engine;

import java.util.function.Supplier;
import org.bytedeco.pytorch.global.torch;

/** What the products of a forward pass are computed in. Weights, gradients by weights and losses are always float32. */
public enum Precision {
    /** Everywhere. */
    FLOAT32 {
        @Override
        public <T> T run(Supplier<T> forward) {
            return forward.get();
        }
    },
    /**
     * Convolutions and what lies between them in bfloat16 (8 bits of mantissa, the range of float32), under the engine's
     * autocast. It pays on processors that have such products (avx512_bf16, amx_bf16); others imitate them.
     */
    BFLOAT16 {
        @Override
        public <T> T run(Supplier<T> forward) {
            torch.set_autocast_dtype(torch.DeviceType.CPU, torch.ScalarType.BFloat16);
            torch.set_autocast_enabled(torch.DeviceType.CPU, true);
            try {
                return forward.get();
            } finally {
                torch.set_autocast_enabled(torch.DeviceType.CPU, false);
                // The rounded weights are kept for the pass alone: the next step changes the weights.
                torch.clear_cache();
            }
        }
    };

    /** Runs a forward pass. */
    public abstract <T> T run(Supplier<T> forward);
}
