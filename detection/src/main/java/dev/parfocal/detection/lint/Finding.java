package dev.parfocal.detection.lint;

/**
 * One place where a problem was found.
 *
 * @param where file and record, e.g. {@code 00338.xml, object 4}
 * @param detail what stands there, e.g. {@code box 504 337 504 337}
 */
public record Finding(Problem problem, String where, String detail) {

    @Override
    public String toString() {
        return where + ": " + detail;
    }
}
