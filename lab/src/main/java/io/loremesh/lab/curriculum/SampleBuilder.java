package io.loremesh.lab.curriculum;

import io.loremesh.lab.curriculum.Segment.Mark;
import io.loremesh.lab.curriculum.Segment.Text;
import java.util.ArrayList;
import java.util.List;

/** Assembles a sequence and keeps it within the length that a sample may have, by an upper estimate of its tokens. */
final class SampleBuilder {

    /** Names of rare letters take more tokens than the estimate has for them. */
    private static final int RESERVE = 20;

    private final List<Segment> segments = new ArrayList<>();
    private int tokens;

    /** Adds the question, the passages to answer it from and the answer, unless the sequence would become too long. */
    SampleBuilder ask(Question question, List<String> passages) {
        int needed = tokens(question.text()) + tokens(question.expected()) + 3;
        for (String passage : passages) {
            needed += tokens(passage) + 1;
        }
        if (!segments.isEmpty() && tokens + needed > Sample.MAX_TOKENS - RESERVE) {
            return this;
        }
        tokens += needed;
        segments.add(new Mark(Marker.Q, 0));
        segments.add(new Text(question.text(), 0, 0));
        for (String passage : passages) {
            segments.add(new Mark(Marker.CTX, 0));
            segments.add(new Text(passage, 0, 0));
        }
        segments.add(new Mark(Marker.A, 0));
        segments.add(new Text(question.expected(), 1, 1));
        segments.add(new Mark(Marker.EOS, 1));
        return this;
    }

    Sample build() {
        return new Sample(segments);
    }

    /** An upper estimate: one token a character, half a token a Latin letter. */
    static int tokens(String text) {
        int letters = 0;
        int others = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 128 && Character.isLetter(c)) {
                letters++;
            } else if (c != ' ') {
                others++;
            }
        }
        return others + (letters + 1) / 2;
    }
}
