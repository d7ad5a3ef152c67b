package io.loremesh.registry.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.loremesh.registry.evaluation.MarginProbe.Margins;
import io.loremesh.registry.evaluation.VersionProbe.GivenAnswer;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one probe brought to light, as it is kept.
 *
 * @param answers in the order asked
 * @param margin null where there was nothing to weigh against, or nothing was weighed
 * @param oldLead null where no answer is old
 * @param divergences KL of each token, nats; empty where drift was not what was asked
 * @param scoredTokens tokens whose log-probability was asked for
 */
@RegisterForReflection
record Finding(List<Told> answers, Double margin, Double oldLead, List<Double> divergences, int scoredTokens) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param micros how long the answer took, waiting for a slot left out */
    @RegisterForReflection
    record Told(String question, String answer, long micros) {
        GivenAnswer given() {
            return new GivenAnswer(answer, Duration.ofNanos(micros * 1_000));
        }
    }

    Finding {
        answers = List.copyOf(answers);
        divergences = List.copyOf(divergences);
    }

    static Finding of(List<Told> answers) {
        return new Finding(answers, null, null, List.of(), 0);
    }

    static Told told(String question, GivenAnswer answer) {
        return new Told(question, answer.text(), answer.time().toNanos() / 1_000);
    }

    Finding weighed(Margins margins) {
        return new Finding(
                answers,
                margins.margin().isPresent() ? margins.margin().getAsDouble() : null,
                margins.oldLead().isPresent() ? margins.oldLead().getAsDouble() : null,
                divergences,
                margins.tokens());
    }

    /** What was answered to each question. */
    Map<String, String> byQuestion() {
        var texts = new LinkedHashMap<String, String>();
        answers.forEach(told -> texts.put(told.question(), told.answer()));
        return texts;
    }

    String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a finding of texts and numbers has a JSON form", e);
        }
    }

    static Finding fromJson(String json) {
        try {
            return JSON.readValue(json, Finding.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("evaluation_finding holds no finding: " + json, e);
        }
    }
}
