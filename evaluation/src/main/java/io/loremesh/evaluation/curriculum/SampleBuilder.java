package io.loremesh.evaluation.curriculum;

import io.loremesh.evaluation.curriculum.Segment.Mark;
import io.loremesh.evaluation.curriculum.Segment.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Assembles a sequence and keeps it within the length that a sample may have, by an upper estimate of its tokens. */
final class SampleBuilder {

    /** Names of rare letters take more tokens than the estimate has for them. */
    private static final int RESERVE = 20;

    private final List<Segment> segments = new ArrayList<>();
    private int tokens;

    SampleBuilder context(List<String> passages) {
        mark(Marker.CTX, 0);
        passages.forEach(passage -> text(passage, 0, 0));
        return this;
    }

    /** Adds the question and its answer, unless the sequence would become too long. */
    void ask(Question question) {
        int needed = tokens(question.text()) + tokens(question.expected()) + 3;
        if (tokens + needed > Sample.MAX_TOKENS - RESERVE) {
            return;
        }
        mark(Marker.Q, 0);
        question(question);
        mark(Marker.A, 0);
        text(question.expected(), 1, 1);
        mark(Marker.EOS, 1);
    }

    /** Predicting how a name goes on, once begun, is copying too: where the answer stands in the passage, that is taught as well. */
    private void question(Question question) {
        String text = question.text();
        String subject = question.subject();
        int at = !question.answerable() || subject.isEmpty() ? -1 : indexOf(text, subject);
        if (at < 0) {
            text(text, 0, 0);
            return;
        }
        text(text.substring(0, at), 0, 0);
        text(text.substring(at, at + subject.length()), 0, 1);
        text(text.substring(at + subject.length()), 0, 0);
    }

    private static int indexOf(String text, String subject) {
        int at = text.indexOf(subject);
        return at >= 0 ? at : text.toLowerCase(Locale.ROOT).indexOf(subject.toLowerCase(Locale.ROOT));
    }

    Sample build() {
        return new Sample(segments);
    }

    private void mark(Marker marker, float weight) {
        segments.add(new Mark(marker, weight));
        tokens++;
    }

    private void text(String text, float first, float rest) {
        if (!text.isEmpty()) {
            segments.add(new Text(text, first, rest));
            tokens += tokens(text);
        }
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
