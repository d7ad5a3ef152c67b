package io.loremesh.retriever.document;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.loremesh.model.answer.Language;
import io.loremesh.proto.knowledge.v1.Document;
import io.loremesh.proto.knowledge.v1.Passage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cuts a document into passages, a sentence each. */
public final class DocumentPassages {
    private DocumentPassages() {}

    /**
     * The passages of a named document, {@code documents/{document}/passages/1} onwards.
     *
     * @param recorded the event's time: taken where the document does not say when it was updated
     */
    public static List<Passage> of(Document document, Instant recorded) {
        Timestamp updated =
                document.hasUpdateTime() ? document.getUpdateTime() : Timestamps.fromMillis(recorded.toEpochMilli());
        Passage.Builder shared = Passage.newBuilder()
                .setUri(document.getUri())
                .setTitle(document.getTitle())
                .setUpdateTime(updated)
                .setCredibility(document.hasCredibility() ? document.getCredibility() : 1)
                .setLanguage(language(document.getLanguage(), document.getText()));
        List<Passage> passages = new ArrayList<>();
        for (String sentence : SentenceSplitter.split(document.getText())) {
            passages.add(shared.setName("%s/passages/%d".formatted(document.getName(), passages.size() + 1))
                    .setText(sentence)
                    .build());
        }
        return passages;
    }

    /** The language that is told, or else the one that the text is in, BCP 47. */
    static String language(String told, String text) {
        return told.isEmpty() ? Language.of(text).name().toLowerCase(Locale.ROOT) : told;
    }
}
