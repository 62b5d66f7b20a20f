package dev.parfocal.detection.audit;

/** What may be wrong with an annotation. */
public enum Suspicion {
    /** The detector is sure of another class there. */
    WRONG_CLASS("wrong class"),
    /** The detector is sure of an object where none is annotated. */
    MISSING("missing annotation"),
    /** The detector sees nothing where an object is annotated. */
    SPURIOUS("nothing there"),
    /** The detector is sure of the class and puts the box elsewhere. */
    LOOSE_BOX("box that does not fit"),
    /** Two annotations of one object. */
    DUPLICATE("annotated twice"),
    /** A box unlike those of its class, or unlike any object. */
    ODD_BOX("odd box");

    private final String words;

    Suspicion(String words) {
        this.words = words;
    }

    /** The same in words. */
    public String words() {
        return words;
    }
}
