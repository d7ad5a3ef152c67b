package io.loremesh.generator.completion;

import io.loremesh.model.tokenizer.TextTokenizer;
import java.util.Arrays;
import java.util.List;

/** The text of a growing token sequence, handed out only as far as later tokens cannot change it. Not thread-safe. */
final class IncrementalText {
    private final TextTokenizer tokenizer;
    private final List<String> stops;
    private int[] tokens = new int[16];
    private int length;
    private String text = "";
    private int certain;
    private int handedOut;

    /** @param stops strings that end the text; their beginning is held back until it is known to be something else */
    IncrementalText(TextTokenizer tokenizer, List<String> stops) {
        this.tokenizer = tokenizer;
        this.stops = List.copyOf(stops);
    }

    void append(int token) {
        if (length == tokens.length) {
            tokens = Arrays.copyOf(tokens, length * 2);
        }
        tokens[length++] = token;
        String decoded = tokenizer.decode(Arrays.copyOf(tokens, length)).stripLeading();
        // What was handed out stands; a decoder that would rewrite it is heard again once it agrees.
        if (decoded.startsWith(text.substring(0, handedOut))) {
            certain = sharedBeginning(text, decoded);
            text = decoded;
        }
    }

    /**
     * A decoder may set the last token apart from the text before it, or not, only when it knows the next: "12", "12k",
     * "12 kg".
     */
    private static int sharedBeginning(String one, String other) {
        int end = 0;
        while (end < Math.min(one.length(), other.length()) && one.charAt(end) == other.charAt(end)) {
            end++;
        }
        return end;
    }

    /** The characters that are new and certain. */
    String takeDelta() {
        int end = Math.min(certain, text.length());
        while (end > handedOut && text.charAt(end - 1) == DecodedText.NO_CHARACTER) {
            end--;
        }
        for (String stop : stops) {
            end = Math.min(end, text.length() - beginningAtEnd(stop));
        }
        return take(Math.max(end, handedOut));
    }

    private int beginningAtEnd(String stop) {
        int overlap = Math.min(stop.length() - 1, text.length());
        while (overlap > 0 && !text.endsWith(stop.substring(0, overlap))) {
            overlap--;
        }
        return overlap;
    }

    /** The characters that are left at the end. */
    String takeRest() {
        return take(text.length());
    }

    private String take(int end) {
        String delta = text.substring(handedOut, end);
        handedOut = end;
        return delta;
    }

    /** Cuts the text before the first stop; false if there is none. */
    boolean cutAtStop() {
        int cut = stops.stream()
                .mapToInt(text::indexOf)
                .filter(at -> at >= 0)
                .min()
                .orElse(-1);
        if (cut >= 0) {
            text = text.substring(0, cut);
        }
        return cut >= 0;
    }

    String text() {
        return text;
    }
}
