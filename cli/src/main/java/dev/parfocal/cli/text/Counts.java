package dev.parfocal.cli.text;

/** Numbers of things, in words. */
public final class Counts {

    private Counts() {}

    /** {@code 1 image}, {@code 2 images}. */
    public static String of(long count, String one) {
        return of(count, one, one + "s");
    }

    /** {@code 1 class}, {@code 2 classes}. */
    public static String of(long count, String one, String several) {
        return count + " " + (count == 1 ? one : several);
    }
}
