package io.loremesh.generator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The fields of a request, each of which is applied, or stands at the value that changes nothing, or is refused by its
 * name. A
 * field that is null counts as absent. Used by one thread.
 */
final class RequestFields {
    private final JsonNode body;
    private final Set<String> heard = new HashSet<>();

    RequestFields(JsonNode body) {
        if (body == null || !body.isObject()) {
            throw OpenAiRefusal.of(null, "The body is not a JSON object; send one as OpenAI's reference tells");
        }
        this.body = body;
    }

    /** Null where it is absent. */
    JsonNode node(String name) {
        heard.add(name);
        JsonNode value = body.get(name);
        return value == null || value.isNull() ? null : value;
    }

    String text(String name) {
        JsonNode value = node(name);
        if (value != null && !value.isTextual()) {
            throw wrongType(name, "a string");
        }
        return value == null ? null : value.textValue();
    }

    boolean flag(String name) {
        JsonNode value = node(name);
        if (value != null && !value.isBoolean()) {
            throw wrongType(name, "true or false");
        }
        return value != null && value.booleanValue();
    }

    double number(String name, double absent, double least, double most) {
        JsonNode value = node(name);
        if (value == null) {
            return absent;
        }
        if (!value.isNumber()) {
            throw wrongType(name, "a number");
        }
        double number = value.doubleValue();
        if (!(number >= least && number <= most)) {
            throw outOfRange(name, value.asText(), String.valueOf(least), String.valueOf(most));
        }
        return number;
    }

    long integer(String name, long absent, long least, long most) {
        JsonNode value = node(name);
        if (value == null) {
            return absent;
        }
        if (!value.isIntegralNumber()) {
            throw wrongType(name, "a whole number");
        }
        if (!value.canConvertToLong() || value.longValue() < least || value.longValue() > most) {
            throw outOfRange(name, value.asText(), String.valueOf(least), String.valueOf(most));
        }
        return value.longValue();
    }

    /** A string, or a list of strings. */
    List<String> texts(String name) {
        JsonNode value = node(name);
        if (value == null) {
            return List.of();
        }
        if (value.isTextual()) {
            return List.of(value.textValue());
        }
        if (!value.isArray() || value.valueStream().anyMatch(text -> !text.isTextual())) {
            throw wrongType(name, "a string or a list of strings");
        }
        return value.valueStream().map(JsonNode::textValue).toList();
    }

    /** Numbers by the ids of tokens. */
    Map<Integer, Double> byToken(String name) {
        JsonNode value = node(name);
        Map<Integer, Double> numbers = new LinkedHashMap<>();
        if (value == null) {
            return numbers;
        }
        if (!value.isObject()) {
            throw wrongType(name, "an object of numbers by token id");
        }
        for (var entry : value.properties()) {
            if (!entry.getKey().matches("\\d{1,9}") || !entry.getValue().isNumber()) {
                throw wrongType(name, "an object of numbers by token id");
            }
            numbers.put(Integer.valueOf(entry.getKey()), entry.getValue().doubleValue());
        }
        return numbers;
    }

    /** The field may only be there at a value that changes nothing. */
    void neutral(String name, Predicate<JsonNode> changesNothing, String why) {
        JsonNode value = node(name);
        if (value != null && !changesNothing.test(value)) {
            throw OpenAiRefusal.of(name, "`%s` is not applied: %s; leave it out".formatted(name, why));
        }
    }

    /** Whatever of the request nobody has asked for. */
    void requireNothingElse() {
        List<String> unheard = body.properties().stream()
                .filter(field ->
                        !heard.contains(field.getKey()) && !field.getValue().isNull())
                .map(Map.Entry::getKey)
                .toList();
        if (!unheard.isEmpty()) {
            throw OpenAiRefusal.of(
                    unheard.getFirst(),
                    "`%s` is not applied here; leave it out. Known are %s"
                            .formatted(
                                    String.join("`, `", unheard),
                                    heard.stream().sorted().collect(Collectors.joining(", "))));
        }
    }

    static OpenAiRefusal wrongType(String name, String right) {
        return OpenAiRefusal.of(name, "`%s` has a value of the wrong type; it is %s".formatted(name, right));
    }

    private static OpenAiRefusal outOfRange(String name, String value, String least, String most) {
        return OpenAiRefusal.of(name, "`%s` is %s; it lies between %s and %s".formatted(name, value, least, most));
    }
}
