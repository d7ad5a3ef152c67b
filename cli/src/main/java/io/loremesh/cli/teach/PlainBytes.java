package io.loremesh.cli.teach;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The bytes of a file as UTF-8 without a byte-order mark. What is no text is refused by the name of what it is: bytes
 * that happen to be valid UTF-8 (UTF-16 of Latin letters is, with a NUL beside each) would be taught as words that
 * nobody can ask for.
 */
final class PlainBytes {
    private static final Map<String, String> BEGINNINGS = new LinkedHashMap<>();

    static {
        BEGINNINGS.put("%PDF-", "a PDF");
        BEGINNINGS.put("PK\u0003\u0004", "a ZIP archive, as .docx, .xlsx and .epub are");
        BEGINNINGS.put("PK\u0005\u0006", "an empty ZIP archive");
        BEGINNINGS.put("PAR1", "a Parquet file");
        BEGINNINGS.put("ARROW1", "an Arrow file");
        BEGINNINGS.put("Obj\u0001", "an Avro file");
        BEGINNINGS.put("SQLite format 3", "an SQLite database");
        BEGINNINGS.put("\u001f\u008b", "compressed by gzip");
        BEGINNINGS.put("(\u00b5/\u00fd", "compressed by zstd");
        BEGINNINGS.put("\u00fd7zXZ", "compressed by xz");
        BEGINNINGS.put("BZh", "compressed by bzip2");
        BEGINNINGS.put("\u00d0\u00cf\u0011\u00e0", "an old Office file, as .doc and .xls are");
        BEGINNINGS.put("{\\rtf", "an RTF file");
        BEGINNINGS.put("\u0089PNG", "a PNG image");
        BEGINNINGS.put("\u00ff\u00d8\u00ff", "a JPEG image");
        BEGINNINGS.put("GIF8", "a GIF image");
        BEGINNINGS.put("\u0093NUMPY", "a NumPy array");
        BEGINNINGS.put("GGUF", "a GGUF model");
    }

    private PlainBytes() {}

    /**
     * UTF-8 without a mark: that of UTF-8 is taken away, UTF-16 with a mark is converted. Bytes that are not valid
     * UTF-8 come back as they are, so that a reader of lines can tell the one that is not.
     *
     * @throws IllegalArgumentException saying what the bytes are instead of text
     */
    static byte[] of(byte[] bytes) {
        // Before UTF-16: the mark of UTF-32 begins with that of UTF-16.
        if (begins(bytes, "\u00ff\u00fe\u0000\u0000") || begins(bytes, "\u0000\u0000\u00fe\u00ff")) {
            throw notText("it is UTF-32");
        }
        if (begins(bytes, "\u00ff\u00fe")) {
            return utf16(bytes, StandardCharsets.UTF_16LE);
        }
        if (begins(bytes, "\u00fe\u00ff")) {
            return utf16(bytes, StandardCharsets.UTF_16BE);
        }
        byte[] plain = begins(bytes, "\u00ef\u00bb\u00bf") ? Arrays.copyOfRange(bytes, 3, bytes.length) : bytes;
        BEGINNINGS.forEach((beginning, kind) -> {
            if (begins(plain, beginning)) {
                throw notText("it is " + kind);
            }
        });
        long even = nuls(plain, 0);
        long odd = nuls(plain, 1);
        if (even + odd > plain.length / 8 && Math.max(even, odd) > 4 * Math.min(even, odd)) {
            throw notText("it looks like UTF-16 without a byte-order mark");
        }
        return plain;
    }

    /** The text of UTF-8; empty where it is none. */
    static Optional<String> decode(byte[] bytes, int offset, int length) {
        try {
            return Optional.of(UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes, offset, length))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Refuses control characters, of which a text has none but those of its layout. */
    static void requireNoControls(String text) {
        int line = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            line += c == '\n' ? 1 : 0;
            if (c < ' ' && "\t\n\u000b\f\r".indexOf(c) < 0) {
                throw notText("line %d holds the control character U+%04X".formatted(line, (int) c));
            }
        }
    }

    static IllegalArgumentException notText(String fact) {
        return new IllegalArgumentException("is not UTF-8 text: %s; convert it first".formatted(fact));
    }

    private static byte[] utf16(byte[] bytes, Charset charset) {
        try {
            return charset.newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 2, bytes.length - 2))
                    .toString()
                    .getBytes(UTF_8);
        } catch (CharacterCodingException e) {
            throw notText("it has the mark of UTF-16 and is broken");
        }
    }

    private static long nuls(byte[] bytes, int first) {
        long count = 0;
        for (int i = first; i < bytes.length; i += 2) {
            count += bytes[i] == 0 ? 1 : 0;
        }
        return count;
    }

    private static boolean begins(byte[] bytes, String latin) {
        byte[] beginning = latin.getBytes(ISO_8859_1);
        return bytes.length >= beginning.length
                && Arrays.equals(bytes, 0, beginning.length, beginning, 0, beginning.length);
    }
}
