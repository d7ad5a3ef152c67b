package io.loremesh.lab.world;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;

/** The 3,755 characters of the first level of GB 2312-80: those that modern Chinese texts are written in. */
final class CommonCharacters {

    private static final List<String> ALL = read();

    private CommonCharacters() {}

    static List<String> all() {
        return ALL;
    }

    /** Rows 16 to 55 of the standard, 94 characters each; the last row has 89. */
    private static List<String> read() {
        Charset superset = Charset.forName("GB18030");
        List<String> characters = new ArrayList<>();
        for (int row = 0xB0; row <= 0xD7; row++) {
            int last = row == 0xD7 ? 0xF9 : 0xFE;
            for (int cell = 0xA1; cell <= last; cell++) {
                characters.add(new String(new byte[] {(byte) row, (byte) cell}, superset));
            }
        }
        return List.copyOf(characters);
    }
}
