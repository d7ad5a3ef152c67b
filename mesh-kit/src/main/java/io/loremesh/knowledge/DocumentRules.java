package io.loremesh.knowledge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.loremesh.proto.knowledge.v1.Document;
import java.util.Optional;

/** Names and checks documents. */
public final class DocumentRules {
    /** Longest text, bytes of UTF-8. */
    public static final int MAX_BYTES = 1 << 20;

    private DocumentRules() {}

    /** The document with its name filled in: derived from its URI, or from its text where it has none. */
    public static Document named(Document document) {
        if (!document.getName().isEmpty()) {
            return document;
        }
        String key = document.getUri().isEmpty() ? document.getText() : document.getUri();
        return document.toBuilder().setName("documents/" + Digests.id(key)).build();
    }

    /** What is wrong with a document, in words; empty where it can be accepted. */
    public static Optional<String> problem(Document document) {
        if (document.getText().isBlank()) {
            return Optional.of("document \"%s\" has no text; set `text`".formatted(document.getName()));
        }
        int bytes = document.getText().getBytes(UTF_8).length;
        if (bytes > MAX_BYTES) {
            return Optional.of("document \"%s\" has %d bytes; at most %d are accepted, so send it in parts"
                    .formatted(document.getName(), bytes, MAX_BYTES));
        }
        if (!document.getName().isEmpty() && !document.getName().matches("documents/[A-Za-z0-9._~-]{1,128}")) {
            return Optional.of("document name \"%s\" is not `documents/{id}`; leave it empty to have it derived"
                    .formatted(document.getName()));
        }
        if (document.hasCredibility() && !(document.getCredibility() >= 0 && document.getCredibility() <= 1)) {
            return Optional.of("document \"%s\" has credibility %s; it lies between 0 and 1"
                    .formatted(document.getName(), document.getCredibility()));
        }
        return Optional.empty();
    }
}
