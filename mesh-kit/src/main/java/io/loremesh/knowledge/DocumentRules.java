package io.loremesh.knowledge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.util.Timestamps;
import io.loremesh.events.StorableText;
import io.loremesh.model.answer.PlainText;
import io.loremesh.proto.knowledge.v1.Document;
import io.loremesh.proto.knowledge.v1.DocumentRetraction;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names and checks documents. The same rules hold at every door: events, {@code IngestDocuments}, {@code
 * DeleteDocument}, files. What they let pass, every store of the mesh can hold.
 */
public final class DocumentRules {
    /** Longest text, bytes of UTF-8. */
    public static final int MAX_BYTES = 1 << 20;

    private static final int MAX_TITLE = 1_000;
    private static final Pattern SAYS_SOMETHING = Pattern.compile("[\\p{L}\\p{N}]");

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
        return StorableText.problem(document)
                .or(() -> text(document))
                .or(() -> TextRules.first(
                        document.getName().isEmpty()
                                ? Optional.empty()
                                : TextRules.name("name", document.getName(), "documents")
                                        .map(problem -> problem + "; leave it empty to have it derived"),
                        TextRules.length("title", document.getTitle(), MAX_TITLE),
                        TextRules.uri("uri", document.getUri()),
                        TextRules.language(document.getLanguage()),
                        updated(document),
                        credibility(document)))
                .map(problem -> "document \"%.140s\": %s".formatted(document.getName(), problem));
    }

    /** What is wrong with a document's withdrawal; empty where it can be accepted. One of an unknown document can. */
    public static Optional<String> problem(DocumentRetraction retraction) {
        return TextRules.retraction(retraction.getName(), retraction.getReason(), "documents");
    }

    /** What is wrong with the name of a document that somebody asks for; empty where nothing is. */
    public static Optional<String> nameProblem(String name) {
        return TextRules.name("name", name, "documents");
    }

    private static Optional<String> text(Document document) {
        if (!SAYS_SOMETHING.matcher(PlainText.of(document.getText())).find()) {
            return Optional.of("it has no text; set `text` to what holds a letter or a number");
        }
        int bytes = document.getText().getBytes(UTF_8).length;
        return bytes > MAX_BYTES
                ? Optional.of(
                        "it has %d bytes; at most %d are accepted, so send it in parts".formatted(bytes, MAX_BYTES))
                : Optional.empty();
    }

    private static Optional<String> updated(Document document) {
        return document.hasUpdateTime() && !Timestamps.isValid(document.getUpdateTime())
                ? Optional.of("`update_time` lies outside the years 1 to 9999, or its nanoseconds outside a second")
                : Optional.empty();
    }

    private static Optional<String> credibility(Document document) {
        return document.hasCredibility() && !(document.getCredibility() >= 0 && document.getCredibility() <= 1)
                ? Optional.of("`credibility` is %s; it lies between 0 and 1".formatted(document.getCredibility()))
                : Optional.empty();
    }
}
