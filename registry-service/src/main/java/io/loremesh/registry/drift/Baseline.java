package io.loremesh.registry.drift;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;

/**
 * What was said at a promotion; later measurements are held to it.
 *
 * @param parentWords what the parent says to each neutral question: divergence is measured over it
 * @param answers of the version to each fixed probe
 * @param divergence mean KL to the parent, nats per token: of the verdict, else as first measured; null where nothing was said
 */
@RegisterForReflection
record Baseline(Map<String, String> parentWords, Map<String, String> answers, Double divergence) {
    private static final ObjectMapper JSON = new ObjectMapper();

    Baseline {
        parentWords = Map.copyOf(parentWords);
        answers = Map.copyOf(answers);
    }

    double divergenceOrZero() {
        return divergence == null ? 0 : divergence;
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
