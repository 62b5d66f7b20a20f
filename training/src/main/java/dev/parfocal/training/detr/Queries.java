package dev.parfocal.training.detr;

import dev.parfocal.training.engine.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a decoder starts from.
 *
 * @param content {@code [batch, queries, width]}
 * @param boxes {@code [batch, queries, 4]} logits of cx, cy, w, h, without history
 * @param mask {@code [queries, queries]}: -∞ where the row's query is not to see the column's; null: all see all
 */
record Queries(Tensor content, Tensor boxes, @Nullable Tensor mask) {

    /** These behind others. */
    Queries behind(Queries others) {
        return new Queries(
                Tensor.concatenate(List.of(others.content, content), 1),
                Tensor.concatenate(List.of(others.boxes, boxes), 1),
                others.mask);
    }
}
