package io.loremesh.cli.terminal;

/** A bar that fills in place on a terminal; on a plain output a line at each tenth. */
public final class ProgressBar {
    private static final int WIDTH = 30;
    private static final int PLAIN_LINES = 10;

    private final Terminal terminal;
    private int lastTenth = -1;

    public ProgressBar(Terminal terminal) {
        this.terminal = terminal;
    }

    /** @param note what stands behind the bar, for instance the loss */
    public void show(long done, long total, String note) {
        double share = total <= 0 ? 0 : Math.min(1, (double) done / total);
        int filled = (int) Math.round(share * WIDTH);
        int tenth = (int) (share * PLAIN_LINES);
        terminal.replaceable(
                "  [%s%s] %3.0f %%  %s".formatted("█".repeat(filled), "·".repeat(WIDTH - filled), share * 100, note),
                tenth != lastTenth);
        lastTenth = tenth;
    }

    public void end() {
        terminal.endReplaceable();
    }
}
