package io.loremesh.cli.teach;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.loremesh.knowledge.DocumentRules;
import io.loremesh.proto.knowledge.v1.Document;
import java.util.Objects;

/**
 * A document as people write it in a file: a text, or an object.
 *
 * @param id last part of its resource name; empty: derived from uri or text
 * @param text what it says
 * @param uri where its original is; may be empty
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ScenarioDocument(String id, String text, String uri) {
    @JsonCreator
    public ScenarioDocument(
            @JsonProperty("id") String id, @JsonProperty("text") String text, @JsonProperty("uri") String uri) {
        this.id = Objects.requireNonNullElse(id, "");
        this.text = Objects.requireNonNullElse(text, "");
        this.uri = Objects.requireNonNullElse(uri, "");
    }

    @JsonCreator
    public static ScenarioDocument ofText(String text) {
        return new ScenarioDocument("", text, "");
    }

    /** The resource, named. @param language BCP 47; empty: it is detected */
    public Document toDocument(String language) {
        return DocumentRules.named(Document.newBuilder()
                .setName(id.isEmpty() ? "" : "documents/" + id)
                .setText(text)
                .setUri(uri)
                .setLanguage(language)
                .build());
    }
}
