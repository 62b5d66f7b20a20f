package dev.parfocal.training.detr;

import dev.parfocal.detection.assign.Assignment;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.training.engine.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where denoising queries stand: group by group, and in each group first one near each object, then one far off.
 *
 * @param most the largest number of objects of an image, at least 1; images with fewer are filled up
 * @param groups at least 1
 */
record DenoisingLayout(int most, int groups) {

    /** Denoising queries of an image. */
    int queries() {
        return 2 * most * groups;
    }

    /**
     * Writes the queries of an image from {@code at} on.
     *
     * @param labels receives classes; that of no object for queries that fill up
     * @param boxes receives cx, cy, w, h as shares of the image
     */
    void fill(
            List<Annotation> objects,
            int width,
            int height,
            DenoisingNoise noise,
            long[] labels,
            float[] boxes,
            int at) {
        int[] learnt = learnt(objects);
        for (int query = 0; query < queries(); query++) {
            int object = query % most;
            int to = 4 * (at + query);
            if (object >= learnt.length) {
                labels[at + query] = noise.classCount();
                continue;
            }
            Annotation annotation = objects.get(learnt[object]);
            labels[at + query] = noise.label(annotation.label());
            Box box = annotation.box();
            boxes[to] = (float) (box.x1() / width);
            boxes[to + 1] = (float) (box.y1() / height);
            boxes[to + 2] = (float) (box.x2() / width);
            boxes[to + 3] = (float) (box.y2() / height);
            noise.move(boxes, to, far(query));
        }
    }

    private boolean far(int query) {
        return query / most % 2 == 1;
    }

    /** Which objects are learnt: crowds are not. */
    private static int[] learnt(List<Annotation> objects) {
        return IntStream.range(0, objects.size())
                .filter(i -> !objects.get(i).crowd())
                .toArray();
    }

    /** What an image's queries are to find: those near an object that object, the others nothing. */
    Assignment assignment(List<Annotation> objects) {
        int[] label = new int[queries()];
        int[] owner = new int[queries()];
        float[] target = new float[4 * queries()];
        float[] alignment = new float[queries()];
        Arrays.fill(label, Assignment.BACKGROUND);
        Arrays.fill(owner, -1);
        int[] learnt = learnt(objects);
        for (int query = 0; query < queries(); query++) {
            int object = query % most;
            if (object < learnt.length && !far(query)) {
                Annotation annotation = objects.get(learnt[object]);
                label[query] = annotation.label();
                owner[query] = learnt[object];
                alignment[query] = 1;
                Box box = annotation.box();
                target[4 * query] = (float) box.x1();
                target[4 * query + 1] = (float) box.y1();
                target[4 * query + 2] = (float) box.x2();
                target[4 * query + 3] = (float) box.y2();
            }
        }
        return new Assignment(label, owner, target, alignment);
    }

    /** Which queries see which: groups do not see each other, and ordinary queries, which stand behind, see no group. */
    Tensor mask(int ordinary) {
        int all = queries() + ordinary;
        float[] mask = new float[all * all];
        for (int row = 0; row < all; row++) {
            int group = row / (2 * most);
            for (int column = 0; column < queries(); column++) {
                boolean same = row < queries() && column / (2 * most) == group;
                mask[row * all + column] = same ? 0 : Float.NEGATIVE_INFINITY;
            }
        }
        Tensor added = Tensor.zeros(all, all);
        added.set(mask);
        return added;
    }
}
