package dev.parfocal.training.engine;

import org.bytedeco.pytorch.global.torch;

/** Some rows of a list, in an order of their own; rows may be taken more than once. */
public final class Selection {
    /** {@code [rows]}, or {@code [batch, rows]} where each image has its own. */
    private final org.bytedeco.pytorch.Tensor index;

    private Selection(org.bytedeco.pytorch.Tensor index) {
        this.index = index;
    }

    /** The rows with these indices. */
    public static Selection of(long... rows) {
        return new Selection(OnHost.of(rows));
    }

    /**
     * The rows with the highest scores of each image, highest first.
     *
     * @param scores {@code [batch, rows]}
     * @param count at most as many as there are rows
     */
    public static Selection highest(Tensor scores, int count) {
        return new Selection(torch.topk(scores.raw, count, 1, true, true).get1());
    }

    /** These rows of a list {@code [rows, …]} that all images share, or is that of one: {@code [taken, …]}. */
    public Tensor of(Tensor list) {
        return new Tensor(list.raw.index_select(0, index));
    }

    /** These rows of a learned table {@code [rows, channels]}, of which one, {@code fixed}, is not trained. */
    public Tensor ofTable(Tensor table, int fixed) {
        return new Tensor(torch.embedding(table.raw, index, fixed, false, false));
    }

    /** Each image's rows: {@code [batch, rows, channels] -> [batch, taken, channels]}. */
    public Tensor ofEach(Tensor lists) {
        return new Tensor(
                lists.raw.gather(1, index.unsqueeze(-1).expand(index.size(0), index.size(1), lists.raw.size(2))));
    }

    /** The indices in row-major order. */
    public long[] toArray() {
        return OnHost.longs(index);
    }
}
