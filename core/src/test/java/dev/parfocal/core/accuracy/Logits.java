package dev.parfocal.core.accuracy;

import java.util.SplittableRandom;

/** Floats to try losses at. */
final class Logits {

    private static final long SEED = 20_260_401;

    private Logits() {}

    /** Half of them anywhere between -120 and 120, half over all finite floats, every exponent among them. */
    static float[] everyExponent(int count) {
        SplittableRandom random = new SplittableRandom(SEED);
        float[] logits = new float[count];
        for (int i = 0; i < count; i++) {
            int exponent = i / 2 % 255;
            int bits = exponent << 23 | random.nextInt(1 << 23) | random.nextInt() & 0x80000000;
            logits[i] = i % 2 == 0 ? (float) random.nextDouble(-120, 120) : Float.intBitsToFloat(bits);
        }
        return logits;
    }
}
