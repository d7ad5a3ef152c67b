package io.loremesh.retriever.document;

import com.google.protobuf.util.Timestamps;
import io.loremesh.knowledge.FactRules;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.knowledge.v1.Passage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells a fact as question and answer, once per trained phrasing. Held-out phrasings stay out: they measure what was
 * never seen.
 */
public final class FactPassages {
    private static final String ENDS = "。．.!！?？…";

    private FactPassages() {}

    /** The passages of a named fact, {@code facts/{fact}/passages/1} onwards, in the order of its phrasings. */
    public static List<Passage> of(Fact fact, Instant recorded) {
        String language = DocumentPassages.language(fact.getLanguage(), fact.getQuestion());
        boolean chinese = language.startsWith("zh");
        Passage.Builder shared = Passage.newBuilder()
                .setUri(fact.getSource().getUri())
                .setUpdateTime(Timestamps.fromMillis(recorded.toEpochMilli()))
                .setCredibility(1)
                .setLanguage(language);
        String answer = ended(fact.getAnswer(), chinese ? "。" : ".");
        List<Passage> passages = new ArrayList<>();
        for (String phrasing : FactRules.trainedPhrasings(fact)) {
            passages.add(shared.setName("%s/passages/%d".formatted(fact.getName(), passages.size() + 1))
                    .setText(ended(phrasing, chinese ? "？" : "?") + " " + answer)
                    .build());
        }
        return passages;
    }

    private static String ended(String text, String end) {
        String stripped = text.strip();
        char last = stripped.charAt(stripped.length() - 1);
        return ENDS.indexOf(last) >= 0 ? stripped : stripped + end;
    }
}
