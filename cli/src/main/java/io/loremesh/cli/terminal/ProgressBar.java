package io.loremesh.cli.terminal;

/** A bar that fills in place on a terminal; on a plain output a few lines. */
public final class ProgressBar {
    private static final int WIDTH = 30;

    private final Terminal terminal;
    private final int plainLines;
    private int lastPart;

    /** @param plainLines how many lines the way from start to end takes where lines cannot be replaced */
    public ProgressBar(Terminal terminal, int plainLines) {
        this.terminal = terminal;
        this.plainLines = plainLines;
    }

    /** @param note what stands behind the bar, for instance the loss */
    public void show(long done, long total, String note) {
        double share = total <= 0 ? 0 : Math.min(1, (double) done / total);
        int filled = (int) Math.round(share * WIDTH);
        int part = (int) (share * plainLines);
        terminal.replaceable(
                "  [%s%s] %3.0f %%  %s".formatted("█".repeat(filled), "·".repeat(WIDTH - filled), share * 100, note),
                part > lastPart);
        lastPart = part;
    }

    public void end() {
        terminal.endReplaceable();
    }
}
