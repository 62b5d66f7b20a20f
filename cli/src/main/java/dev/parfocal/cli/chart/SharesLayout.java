package dev.parfocal.cli.chart;

import dev.parfocal.cli.chart.Mark.Anchor;
import dev.parfocal.cli.chart.Mark.Label;
import dev.parfocal.cli.chart.Mark.Patch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Places bars of shares below each other: name, bar, note. A part is named in its bar where there is room. */
final class SharesLayout {
    private static final double MARGIN = 24;
    private static final double TITLE = 19;
    private static final double TEXT = 13;
    private static final double SMALL = 11;
    private static final double BAR = 440;
    private static final double ROW = 30;
    private static final double THICK = 20;
    private static final double GAP = 14;
    private static final double LINE = 20;
    private static final int STRIKING = 0xb00020;
    private static final int ON_COLOR = 0xffffff;

    private final Shares shares;
    private final double left;
    private final double width;
    private final List<Mark> marks = new ArrayList<>();
    private double y = MARGIN;

    private SharesLayout(Shares shares) {
        this.shares = shares;
        left = MARGIN + widest(Shares.Bar::name) + GAP;
        double bars = left + BAR + GAP + widest(Shares.Bar::note) + MARGIN;
        width = Math.max(
                bars,
                Math.max(TextWidth.of(shares.title(), TITLE) * 1.1, TextWidth.of(shares.subtitle(), TEXT))
                        + 2 * MARGIN);
    }

    private double widest(java.util.function.Function<Shares.Bar, String> text) {
        ToDoubleFunction<Shares.Bar> size = bar -> TextWidth.of(text.apply(bar), TEXT);
        return shares.bars().stream().mapToDouble(size).max().orElse(0);
    }

    static Scene layOut(Shares shares) {
        SharesLayout layout = new SharesLayout(shares);
        layout.header();
        layout.legend();
        shares.bars().forEach(layout::bar);
        return new Scene(shares.title(), layout.width, layout.y + MARGIN, layout.marks);
    }

    private void header() {
        y += TITLE;
        marks.add(new Label(MARGIN, y, shares.title(), TITLE, Anchor.START, true, Style.TEXT));
        y += LINE;
        marks.add(new Label(MARGIN, y, shares.subtitle(), TEXT, Anchor.START, false, Style.QUIET));
        y += GAP;
    }

    private void legend() {
        double x = MARGIN;
        for (int part = 0; part < shares.parts().size(); part++) {
            String name = shares.parts().get(part);
            double size = TEXT + 6 + TextWidth.of(name, TEXT) + GAP;
            if (x + size > width - MARGIN && x > MARGIN) {
                x = MARGIN;
                y += LINE;
            }
            marks.add(new Patch(x, y, TEXT, TEXT, color(part)));
            marks.add(new Label(x + TEXT + 6, y + TEXT - 2, name, TEXT, Anchor.START, false, Style.TEXT));
            x += size;
        }
        y += LINE + GAP;
    }

    private void bar(Shares.Bar bar) {
        double base = y + THICK - 5;
        marks.add(new Label(left - GAP, base, bar.name(), TEXT, Anchor.END, false, Style.TEXT));
        marks.add(new Patch(left, y, BAR, THICK, Style.GRID));
        double x = left;
        for (int part = 0; part < bar.shares().length; part++) {
            double length = bar.shares()[part] * BAR;
            if (length > 0) {
                marks.add(new Patch(x, y, length, THICK, color(part)));
                word(part, bar.shares()[part], x, length, base);
            }
            x += length;
        }
        marks.add(new Label(
                left + BAR + GAP,
                base,
                bar.note(),
                TEXT,
                Anchor.START,
                bar.isStriking(),
                bar.isStriking() ? STRIKING : Style.QUIET));
        y += ROW;
    }

    /** The part's name and share, or the share alone, or nothing: what has room. */
    private void word(int part, double share, double x, double length, double base) {
        String percent = String.format(Locale.ROOT, "%.0f %%", 100 * share);
        for (String word : List.of(shares.parts().get(part) + " " + percent, percent)) {
            if (TextWidth.of(word, SMALL) + 4 < length) {
                marks.add(new Label(x + length / 2, base, word, SMALL, Anchor.MIDDLE, false, ON_COLOR));
                return;
            }
        }
    }

    private static int color(int part) {
        return Style.curve(part).color();
    }
}
