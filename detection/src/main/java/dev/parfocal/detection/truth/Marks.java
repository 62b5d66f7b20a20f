package dev.parfocal.detection.truth;

/**
 * What an annotation says of its object besides box and class.
 *
 * @param crowd {@code iscrowd}: a region of several objects
 * @param ignore the field {@code ignore}, to which pycocotools pays no attention
 * @param zeroId whether its id is 0, which pycocotools takes for "not matched"
 */
public record Marks(boolean crowd, boolean ignore, boolean zeroId) {

    /** Those of an ordinary object, and of every detection. */
    public static final Marks NONE = new Marks(false, false, false);

    private static final Marks CROWD = new Marks(true, false, false);

    /** The marks of an object; common ones are shared. */
    public static Marks of(boolean crowd, boolean ignore, boolean zeroId) {
        if (ignore || zeroId) {
            return new Marks(crowd, ignore, zeroId);
        }
        return crowd ? CROWD : NONE;
    }
}
