package io.loremesh.generator.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.loremesh.proto.generator.v1.Answer;
import java.util.List;

/**
 * A whole reply, before it is put in OpenAI's form.
 *
 * @param finishReason OpenAI's word: stop or length
 */
record ChatReply(String text, String finishReason, int promptTokens, int completionTokens, Origin origin) {
    /**
     * Where the text came from: Loremesh's own part of a response, which other clients ignore.
     *
     * @param path WEIGHTS, RETRIEVAL, BOTH or ABSTAINED; absent for a bare continuation
     * @param unheard what of the request had no part in the reply, in words; absent where all had
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Origin(
            String path, String version, List<Cited> citations, Double confidence, String degraded, String unheard) {
        static Origin of(Answer answer, String unheard) {
            List<Cited> citations = answer.getCitationsList().stream()
                    .map(citation -> new Cited(citation.getPassage(), citation.getText(), citation.getUri()))
                    .toList();
            return new Origin(
                    answer.getPath().name().replace("PATH_", ""),
                    answer.getVersion(),
                    citations,
                    answer.getConfidence(),
                    answer.getDegraded(),
                    unheard);
        }

        static Origin of(String version, String unheard) {
            return new Origin("", version, List.of(), null, "", unheard);
        }
    }

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Cited(String passage, String text, String uri) {}
}
