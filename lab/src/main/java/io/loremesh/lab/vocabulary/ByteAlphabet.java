package io.loremesh.lab.vocabulary;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The printable characters that stand for bytes in byte-level BPE (GPT-2); a blank is written {@code Ġ}. */
final class ByteAlphabet {

    static final String BLANK = "Ġ";

    private static final String[] SYMBOLS = symbols();

    private ByteAlphabet() {}

    /** One symbol a byte, in the order of the bytes. */
    static List<String> all() {
        return List.of(SYMBOLS);
    }

    static String symbol(int unsignedByte) {
        return SYMBOLS[unsignedByte];
    }

    /** The symbols of a text's UTF-8 bytes. */
    static List<String> of(String text) {
        List<String> symbols = new ArrayList<>();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            symbols.add(SYMBOLS[each & 0xFF]);
        }
        return symbols;
    }

    private static String[] symbols() {
        String[] symbols = new String[256];
        int spare = 256;
        for (int b = 0; b < 256; b++) {
            boolean printable = b >= '!' && b <= '~' || b >= 0xA1 && b <= 0xAC || b >= 0xAE;
            symbols[b] = Character.toString(printable ? b : spare++);
        }
        return symbols;
    }
}
