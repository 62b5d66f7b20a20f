package dev.parfocal.training.weights.file;

/** Names out of files, made fit for a message or a table: one line, of limited length, without control characters. */
public final class PlainName {
    private static final int MOST = 120;

    private PlainName() {}

    /** {@code name} with {@code ?} for what cannot be printed, shortened in the middle if it is long. */
    public static String of(String name) {
        String clipped = name.length() <= MOST
                ? name
                : name.substring(0, MOST / 2) + "…" + name.substring(name.length() - MOST / 2);
        return clipped.replaceAll("[\\p{Cntrl}\\p{Cs}\\u2028\\u2029\\u202a-\\u202e]", "?");
    }
}
