package dev.parfocal.detection.coco;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.RecordId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers that stand for ids and ascend as pycocotools sorts them: a whole number stands for itself, texts ascend by code
 * points. Numbers that stand for texts are the lowest there are, so that no whole number is among them.
 */
public final class IdNumbers {

    private final Map<String, Long> ofText = new HashMap<>();

    /** The number that stands for an id; a text not met before gets the next one. */
    public long number(RecordId id) {
        if (id instanceof RecordId.Text text) {
            return ofText.computeIfAbsent(text.text(), unknown -> Long.MIN_VALUE + ofText.size());
        }
        return ((RecordId.Whole) id).number();
    }

    /**
     * Numbers the texts met so far in ascending order.
     *
     * @return the new number of each of them by its old one, counted from {@link Long#MIN_VALUE}
     */
    public long[] sort() {
        List<String> texts = new ArrayList<>(ofText.keySet());
        texts.sort(IdNumbers::compare);
        long[] renumbered = new long[texts.size()];
        for (int rank = 0; rank < renumbered.length; rank++) {
            Long old = ofText.put(texts.get(rank), Long.MIN_VALUE + rank);
            renumbered[(int) ((old == null ? 0 : old) - Long.MIN_VALUE)] = Long.MIN_VALUE + rank;
        }
        return renumbered;
    }

    /** Java's own order goes by UTF-16 units, which differs beyond U+FFFF. */
    private static int compare(String a, String b) {
        int[] left = a.codePoints().toArray();
        int[] right = b.codePoints().toArray();
        return Arrays.compare(left, right);
    }

    /**
     * Refuses ids that are numbers and texts in one list, which no order and no Python dictionary holds together.
     *
     * @param what the list, for the message
     */
    public static void requireOneKind(Iterable<RecordId> ids, String what) {
        boolean texts = false;
        boolean numbers = false;
        for (RecordId id : ids) {
            texts |= id instanceof RecordId.Text;
            numbers |= id instanceof RecordId.Whole;
        }
        if (texts && numbers) {
            throw new ParfocalException(
                    what + ": some ids are numbers and some are texts in quotes; write them all in one way");
        }
    }
}
