package dev.parfocal.training.run;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the guard has done in a run so far: part of its checkpoint. */
final class Recovery {
    private static final String PREFIX = "guard/";

    /** Factor of the learning rate from here on. */
    double rateFactor = 1;

    /** Steps whose update was left out. */
    long skipped;

    /** How many of the last steps these were. */
    int inRow;

    /** Rollbacks so far. */
    int rollbacks;

    /** Whether no checkpoint has been written since the last rollback. */
    boolean again;

    Map<String, String> notes() {
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put(PREFIX + "rateFactor", Double.toString(rateFactor));
        notes.put(PREFIX + "skipped", Long.toString(skipped));
        notes.put(PREFIX + "inRow", Integer.toString(inRow));
        notes.put(PREFIX + "rollbacks", Integer.toString(rollbacks));
        notes.put(PREFIX + "again", Boolean.toString(again));
        return notes;
    }

    /** Takes back what {@link #notes} gave; what is not noted is as at the start of a run. */
    void restore(Map<String, String> notes) {
        rateFactor = Double.parseDouble(notes.getOrDefault(PREFIX + "rateFactor", "1"));
        skipped = Long.parseLong(notes.getOrDefault(PREFIX + "skipped", "0"));
        inRow = Integer.parseInt(notes.getOrDefault(PREFIX + "inRow", "0"));
        rollbacks = Integer.parseInt(notes.getOrDefault(PREFIX + "rollbacks", "0"));
        again = Boolean.parseBoolean(notes.getOrDefault(PREFIX + "again", "false"));
    }
}
