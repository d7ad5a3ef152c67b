package io.loremesh.cli.terminal;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Standard output: colours and moving lines on a terminal, plain lines where the output goes to a file or a pipe. */
public final class Terminal {
    private static final String GREEN = "\033[32m";
    private static final String RED = "\033[31m";
    private static final String YELLOW = "\033[33m";
    private static final String BOLD = "\033[1m";
    private static final String FAINT = "\033[2m";
    private static final String RESET = "\033[0m";

    private final PrintStream out;
    private final boolean interactive;

    public Terminal(PrintStream out, boolean interactive) {
        this.out = out;
        this.interactive = interactive;
    }

    /** This process's standard output. {@code NO_COLOR} (no-color.org) is respected. */
    public static Terminal standard() {
        var console = System.console();
        boolean interactive = console != null && console.isTerminal() && System.getenv("NO_COLOR") == null;
        return new Terminal(new PrintStream(System.out, true, StandardCharsets.UTF_8), interactive);
    }

    public boolean isInteractive() {
        return interactive;
    }

    public void line(String text) {
        out.println(text);
    }

    public void line(String format, Object... arguments) {
        out.println(format.formatted(arguments));
    }

    /** Writes without an end of line, for answers that arrive in pieces. */
    public void part(String text) {
        out.print(text);
        out.flush();
    }

    public void heading(String text) {
        out.println();
        out.println(bold(text));
    }

    /** Shows a line that the next call replaces; on a plain output it stands if {@code keep} says so. */
    public void replaceable(String text, boolean keep) {
        if (interactive) {
            out.print("\r\033[K" + text);
            out.flush();
        } else if (keep) {
            out.println(text);
        }
    }

    /** Ends a line that {@link #replaceable} left open. */
    public void endReplaceable() {
        if (interactive) {
            out.println();
        }
    }

    public String good(String text) {
        return styled(GREEN, text);
    }

    public String bad(String text) {
        return styled(RED, text);
    }

    /** Neither good nor bad, but to be looked at. */
    public String notable(String text) {
        return styled(YELLOW, text);
    }

    public String bold(String text) {
        return styled(BOLD, text);
    }

    public String faint(String text) {
        return styled(FAINT, text);
    }

    public String mark(boolean good) {
        return good ? good("✓") : bad("✗");
    }

    private String styled(String style, String text) {
        return interactive ? style + text + RESET : text;
    }
}
