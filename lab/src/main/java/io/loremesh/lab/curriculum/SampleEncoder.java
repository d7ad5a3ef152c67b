package io.loremesh.lab.curriculum;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Turns samples into tokens. The demo tokenizer splits a text into Latin words and single other characters before
 * anything else, so the tokens of such a piece are the same everywhere and are remembered: a hundred times faster than
 * asking the tokenizer for each text. Not safe for concurrent use.
 */
public final class SampleEncoder {

    private static final int REMEMBERED_WORDS = 100_000;

    private final Function<String, int[]> tokenizer;
    private final int[][] characters = new int[Character.MAX_VALUE + 1][];
    private final Map<String, int[]> words = new HashMap<>();

    private int[] ids = new int[512];
    private float[] weights = new float[512];
    private int[] questions = new int[512];
    private int length;
    private int question;

    /** @param tokenizer text to ids, without special tokens added */
    public SampleEncoder(Function<String, int[]> tokenizer) {
        this.tokenizer = tokenizer;
    }

    public Encoded encode(Sample sample) {
        length = 0;
        question = 0;
        for (Segment segment : sample.segments()) {
            switch (segment) {
                case Segment.Mark mark -> {
                    question += mark.marker() == Marker.Q ? 1 : 0;
                    add(mark.marker().id(), mark.weight());
                }
                case Segment.Text text -> add(text);
                case Segment.Tokens tokens -> {
                    for (int id : tokens.ids()) {
                        add(id, tokens.weight());
                    }
                }
            }
        }
        weights[0] = 0;
        return new Encoded(
                Arrays.copyOf(ids, length), Arrays.copyOf(weights, length), Arrays.copyOf(questions, length));
    }

    private void add(Segment.Text segment) {
        String text = segment.text();
        int start = length;
        for (int i = 0; i < text.length(); ) {
            int end = pieceEnd(text, i);
            if (end == i + 1 && Character.isWhitespace(text.charAt(i))) {
                i = end;
                continue;
            }
            for (int id : piece(text, i, end)) {
                add(id, length == start ? segment.first() : segment.rest());
            }
            i = end;
        }
    }

    private static int pieceEnd(String text, int start) {
        int end = start;
        while (end < text.length() && isLatin(text.charAt(end))) {
            end++;
        }
        return Math.max(end, start + Character.charCount(text.codePointAt(start)));
    }

    /** The letters that form words; the tokenizer's pattern is the same ({@code \p{Latin}}, basic plane). */
    private static boolean isLatin(char c) {
        return c < 128
                ? c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
                : Character.UnicodeScript.of(c) == Character.UnicodeScript.LATIN;
    }

    private int[] piece(String text, int start, int end) {
        if (end == start + 1 && !isLatin(text.charAt(start))) {
            char c = text.charAt(start);
            if (characters[c] == null) {
                characters[c] = tokenizer.apply(String.valueOf(c));
            }
            return characters[c];
        }
        if (words.size() >= REMEMBERED_WORDS) {
            words.clear();
        }
        return words.computeIfAbsent(text.substring(start, end), tokenizer);
    }

    private void add(int id, float weight) {
        if (length == ids.length) {
            ids = Arrays.copyOf(ids, 2 * length);
            weights = Arrays.copyOf(weights, 2 * length);
            questions = Arrays.copyOf(questions, 2 * length);
        }
        ids[length] = id;
        questions[length] = question;
        weights[length++] = weight;
    }
}
