package io.loremesh.registry.drift;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import java.util.Map.Entry;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What was said at a promotion; later measurements are held to it.
 *
 * @param parentWords what the parent says to each neutral question: divergence is measured over it
 * @param answers of the version to each fixed probe
 * @param divergence mean KL to the parent, nats per token: of the verdict, else as first measured; null where nothing
 *     was said
 * @param liveDivergence the same over users' questions, as first measured over enough of them; null until then
 */
@RegisterForReflection
record Baseline(
        Map<String, String> parentWords, Map<String, String> answers, Double divergence, Double liveDivergence) {
    /** One text for equal baselines: {@link DriftDesk#replace} compares them. */
    private static final ObjectMapper JSON =
            new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

    Baseline {
        parentWords = Map.copyOf(parentWords);
        answers = Map.copyOf(answers);
    }

    double divergenceOrZero() {
        return divergence == null ? 0 : divergence;
    }

    Baseline withLiveDivergence(double first) {
        return new Baseline(parentWords, answers, divergence, first);
    }

    /** Without the questions that tell it or whose answers do. */
    Baseline without(Predicate<String> tells) {
        return new Baseline(without(tells, parentWords), without(tells, answers), divergence, liveDivergence);
    }

    private static Map<String, String> without(Predicate<String> tells, Map<String, String> said) {
        return said.entrySet().stream()
                .filter(each -> !tells.test(each.getKey()) && !tells.test(each.getValue()))
                .collect(Collectors.toMap(Entry::getKey, Entry::getValue));
    }

    String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a baseline of texts and a number has a JSON form", e);
        }
    }

    static Baseline fromJson(String json) {
        try {
            return JSON.readValue(json, Baseline.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("drift_baseline holds no baseline: " + json, e);
        }
    }
}
