package io.loremesh.cli.teach;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Texts of a record. A number or a truth value stands for its spelling, under every key alike. */
final class RecordText {
    /** Beyond this a number's plain spelling is longer than any answer. */
    private static final int DIGITS = 400;

    private RecordText() {}

    /** The text of a scalar; empty for null, nothing and everything else. */
    static Optional<String> scalar(JsonNode value) {
        if (value.isTextual()) {
            return Optional.of(value.textValue());
        }
        if (value.isBoolean()) {
            return Optional.of(Boolean.toString(value.booleanValue()));
        }
        if (!value.isNumber()) {
            return Optional.empty();
        }
        BigDecimal number = value.decimalValue();
        if (Math.abs((long) number.scale()) > DIGITS || number.precision() > DIGITS) {
            throw new IllegalArgumentException("holds the number %.40s, which is out of every range".formatted(value));
        }
        return Optional.of(number.toPlainString());
    }

    /** A scalar, an array of them, or SQuAD's {@code {"text": [...]}}; without repetitions. */
    static List<String> all(String key, JsonNode value) {
        var texts = new ArrayList<String>();
        if (value.isArray()) {
            value.forEach(element -> texts.add(one(key, element)));
        } else if (value.isObject() && value.path("text").isArray()) {
            value.get("text").forEach(element -> texts.add(one(key, element)));
        } else if (!value.isNull() && !value.isMissingNode()) {
            texts.add(one(key, value));
        }
        return texts.stream().distinct().toList();
    }

    private static String one(String key, JsonNode value) {
        JsonNode text = value.isObject() && value.has("text") ? value.get("text") : value;
        return scalar(text).orElseThrow(() -> new IllegalArgumentException("`%s` is not a text".formatted(key)));
    }
}
