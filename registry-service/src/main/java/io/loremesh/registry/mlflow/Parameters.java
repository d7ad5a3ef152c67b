package io.loremesh.registry.mlflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.version.VersionName;
import io.loremesh.registry.version.VersionRef;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a call brings, from its body or its query: the fields of MLflow's request messages (model_registry.proto).
 * Untrusted; every reader throws RegistryException INVALID, naming the parameter.
 */
record Parameters(ObjectNode values) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");
    private static final int LONGEST = 100_000;

    static Parameters of(String body) {
        try {
            if (JSON.readTree(body == null ? "" : body) instanceof ObjectNode object) {
                return new Parameters(object);
            }
            throw new RegistryException(
                    Kind.INVALID, "the body is no JSON object; send one with the call's parameters");
        } catch (JsonProcessingException e) {
            throw new RegistryException(Kind.INVALID, "the body is not JSON: %s", e.getOriginalMessage());
        }
    }

    static Parameters of(MultivaluedMap<String, String> query) {
        ObjectNode object = JSON.createObjectNode();
        query.forEach((name, told) -> told.forEach(object.putArray(name)::add));
        return new Parameters(object);
    }

    /** Empty where it is absent. */
    String text(String name) {
        List<String> texts = texts(name);
        if (texts.size() > 1) {
            throw new RegistryException(Kind.INVALID, "parameter `%s` has %d values; send one", name, texts.size());
        }
        return texts.isEmpty() ? "" : texts.getFirst();
    }

    String required(String name) {
        String text = text(name);
        if (text.isEmpty()) {
            throw new RegistryException(Kind.INVALID, "parameter `%s` is missing; send it", name);
        }
        return text;
    }

    List<String> texts(String name) {
        JsonNode value = values.path(name);
        var texts = new ArrayList<String>();
        if (value.isArray()) {
            value.forEach(element -> texts.add(text(name, element)));
        } else if (!value.isMissingNode() && !value.isNull()) {
            texts.add(text(name, value));
        }
        return texts;
    }

    /** The id of a model that may or may not exist. */
    String model() {
        return VersionRef.model("models/" + required("name"));
    }

    VersionName version() {
        String number = required("version");
        if (!NUMBER.matcher(number).matches()) {
            throw new RegistryException(
                    Kind.INVALID,
                    "version \"%.40s\" is no number; versions count from 1, aliases have calls of their own",
                    number);
        }
        return new VersionName(model(), Integer.parseInt(number));
    }

    /** @return what is asked for, {@code most} at most; {@code usual} where nothing is */
    int maxResults(int usual, int most) {
        String told = text("max_results");
        if (told.isEmpty() || told.equals("0")) {
            return usual;
        }
        if (!NUMBER.matcher(told).matches()) {
            throw new RegistryException(
                    Kind.INVALID, "max_results is \"%.40s\"; send a number from 1, %d are given at most", told, most);
        }
        return Math.min(Integer.parseInt(told), most);
    }

    /** {@code tags: [{key, value}]}, the last of a key. */
    Map<String, String> tags() {
        var tags = new LinkedHashMap<String, String>();
        for (JsonNode tag : values.path("tags")) {
            if (!(tag instanceof ObjectNode object)) {
                throw new RegistryException(Kind.INVALID, "`tags` holds no {key, value}; send an array of those");
            }
            var told = new Parameters(object);
            tags.put(told.required("key"), told.text("value"));
        }
        return tags;
    }

    private static String text(String name, JsonNode value) {
        if (value.isContainerNode()) {
            throw new RegistryException(Kind.INVALID, "parameter `%s` is no text; send one", name);
        }
        if (value.asText().length() > LONGEST || value.asText().indexOf('\0') >= 0) {
            throw new RegistryException(
                    Kind.INVALID,
                    "parameter `%s` has more than %d characters, or a NUL among them; shorten it",
                    name,
                    LONGEST);
        }
        return value.asText();
    }
}
