package dev.parfocal.detection.synth;

import dev.parfocal.detection.box.Box;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which thing each pixel of a scene shows, so that boxes can be drawn around what is visible. */
final class Ownership {

    private static final int NOBODY = -1;

    private final int width;
    private final int height;
    private final int[] owner;
    private final List<Integer> whole = new ArrayList<>();
    private final List<Integer> visible = new ArrayList<>();

    Ownership(int width, int height) {
        this.width = width;
        this.height = height;
        this.owner = new int[width * height];
        Arrays.fill(owner, NOBODY);
    }

    /** Whether, with this put on top, it and every object below would show at least this share of themselves. */
    boolean fits(Sprite.Mask mask, double share) {
        int[] left = visible.stream().mapToInt(Integer::intValue).toArray();
        int inside = 0;
        for (int row = 0; row < mask.height(); row++) {
            for (int column = 0; column < mask.width(); column++) {
                int pixel = pixel(mask, column, row);
                if (pixel >= 0) {
                    inside++;
                    if (owner[pixel] != NOBODY) {
                        left[owner[pixel]]--;
                    }
                }
            }
        }
        boolean seen = inside >= share * mask.size();
        for (int object = 0; object < left.length; object++) {
            seen &= left[object] >= share * whole.get(object);
        }
        return seen;
    }

    /** Puts an object on top of all others; objects are numbered 0, 1, … */
    void addObject(Sprite.Mask mask) {
        whole.add(mask.size());
        visible.add(0);
        put(mask, whole.size() - 1);
    }

    /** Puts something on top that is no object. */
    void cover(Sprite.Mask mask) {
        put(mask, NOBODY);
    }

    private void put(Sprite.Mask mask, int newOwner) {
        for (int row = 0; row < mask.height(); row++) {
            for (int column = 0; column < mask.width(); column++) {
                int pixel = pixel(mask, column, row);
                if (pixel >= 0) {
                    count(owner[pixel], -1);
                    count(newOwner, 1);
                    owner[pixel] = newOwner;
                }
            }
        }
    }

    private void count(int object, int change) {
        if (object != NOBODY) {
            visible.set(object, visible.get(object) + change);
        }
    }

    /** The covered pixel of the scene at this place of the mask; -1 when it covers none. */
    private int pixel(Sprite.Mask mask, int column, int row) {
        int x = mask.left() + column;
        int y = mask.top() + row;
        boolean inside = x >= 0 && x < width && y >= 0 && y < height;
        return inside && mask.covers(column, row) ? y * width + x : -1;
    }

    /** How many pixels of an object are seen. */
    int visible(int object) {
        return visible.get(object);
    }

    /** The box of an object's visible pixels; null when none is. */
    @Nullable
    Box box(int object) {
        int x1 = width;
        int y1 = height;
        int x2 = 0;
        int y2 = 0;
        for (int pixel = 0; pixel < owner.length; pixel++) {
            if (owner[pixel] == object) {
                x1 = Math.min(x1, pixel % width);
                x2 = Math.max(x2, pixel % width + 1);
                y1 = Math.min(y1, pixel / width);
                y2 = Math.max(y2, pixel / width + 1);
            }
        }
        return x2 > x1 ? new Box(x1, y1, x2, y2) : null;
    }
}
