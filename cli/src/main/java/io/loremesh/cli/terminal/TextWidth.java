package io.loremesh.cli.terminal;

/** Columns that a text takes on a terminal: East Asian wide characters take two (Unicode Annex 11). */
public final class TextWidth {
    private TextWidth() {}

    public static int of(String text) {
        return text.codePoints().map(TextWidth::of).sum();
    }

    /** The text, cut or filled with blanks to exactly this many columns. */
    public static String fit(String text, int columns) {
        var fitted = new StringBuilder();
        int width = 0;
        boolean cut = of(text) > columns;
        int room = cut ? columns - 1 : columns;
        for (int codePoint : text.codePoints().toArray()) {
            if (width + of(codePoint) > room) {
                break;
            }
            fitted.appendCodePoint(codePoint);
            width += of(codePoint);
        }
        if (cut) {
            fitted.append('…');
            width++;
        }
        return fitted.append(" ".repeat(columns - width)).toString();
    }

    private static int of(int codePoint) {
        if (Character.getType(codePoint) == Character.NON_SPACING_MARK) {
            return 0;
        }
        boolean wide = codePoint >= 0x1100 && codePoint <= 0x115F
                || codePoint >= 0x2E80 && codePoint <= 0xA4CF
                || codePoint >= 0xAC00 && codePoint <= 0xD7A3
                || codePoint >= 0xF900 && codePoint <= 0xFAFF
                || codePoint >= 0xFE30 && codePoint <= 0xFE6F
                || codePoint >= 0xFF00 && codePoint <= 0xFF60
                || codePoint >= 0x1F300 && codePoint <= 0x1FAFF
                || codePoint >= 0x20000 && codePoint <= 0x3FFFD;
        return wide ? 2 : 1;
    }
}
