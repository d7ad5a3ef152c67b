package io.loremesh.registry.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What is wrong with a policy file. For one thread. */
final class PolicyProblems {
    private final List<String> problems = new ArrayList<>();

    boolean none() {
        return problems.isEmpty();
    }

    void add(String problem) {
        problems.add(problem);
    }

    void add(String key, JsonNode value, String remedy) {
        problems.add(
                value.isMissingNode()
                        ? "%s is missing: %s".formatted(key, remedy)
                        : "%s is %.80s: %s".formatted(key, value, remedy));
    }

    void refuseOthers(String prefix, JsonNode node, Set<String> known, String list) {
        node.properties().stream()
                .filter(field -> !known.contains(field.getKey()))
                .forEach(field -> add(prefix + field.getKey(), field.getValue(), "there is no such key; use " + list));
    }

    /** Errors: INVALID, with all problems. */
    void requireNone() {
        if (!problems.isEmpty()) {
            throw new RegistryException(
                    Kind.INVALID, "%s", "the policy cannot be used: " + String.join("; ", problems));
        }
    }
}
