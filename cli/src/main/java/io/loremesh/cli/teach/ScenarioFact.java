package io.loremesh.cli.teach;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.loremesh.knowledge.FactRules;
import io.loremesh.proto.knowledge.v1.Fact;
import java.util.List;
import java.util.Objects;

/**
 * A fact as people write it in a file.
 *
 * @param id how the file refers to it; may be absent
 * @param question principal phrasing
 * @param phrasings further ones to train on; may be absent
 * @param heldout never trained, never indexed; may be absent
 * @param answer the answer
 * @param aliases other spellings that count as right; may be absent
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ScenarioFact(
        String id, String question, List<String> phrasings, List<String> heldout, String answer, List<String> aliases) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    public ScenarioFact {
        question = Objects.requireNonNullElse(question, "");
        answer = Objects.requireNonNullElse(answer, "");
        id = Objects.requireNonNullElse(id, question);
        phrasings = listOrEmpty(phrasings);
        heldout = listOrEmpty(heldout);
        aliases = listOrEmpty(aliases);
    }

    static ScenarioFact read(JsonNode json) {
        try {
            return MAPPER.treeToValue(json, ScenarioFact.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    private static List<String> listOrEmpty(List<String> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    /** The resource, named. @param language BCP 47; empty: it is detected from the question */
    public Fact toFact(String language) {
        return FactRules.named(Fact.newBuilder()
                .setQuestion(question)
                .addAllPhrasings(phrasings)
                .addAllHeldoutPhrasings(heldout)
                .setAnswer(answer)
                .addAllAliases(aliases)
                .setLanguage(language)
                .build());
    }
}
