package io.loremesh.model.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.loremesh.model.checkpoint.ModelFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What a base needs to be asked and taught well: figures that were measured on it and lie beside its checkpoint as
 * {@code loremesh.json}. They are no part of what names the base: measured anew, they leave its versions valid.
 *
 * @param reading how passages are put before it
 * @param doubt how likely it may have been to begin with a refusal instead, 0 to 1, for what it reads to count
 * @param practice name of what its fine-tunes practise around the facts; empty: what the facts themselves give
 * @param exposures how often a run asks each new fact, at least 1
 * @param rate peak learning rate of its fine-tunes, between 0 and 1
 */
public record BaseProfile(PassageReading reading, double doubt, String practice, int exposures, double rate) {
    /** Beside config.json; may be absent. */
    public static final String FILE = "loremesh.json";

    /**
     * Of a base without a profile. 100 exposures taught a small base nearly all of what it was asked; a chat model of
     * half a billion weights kept what it knew at rates of 5e-4 to 8e-4, and lost it at 3e-3.
     */
    public static final BaseProfile UNMEASURED = new BaseProfile(PassageReading.MAP_RERANK, .02, "", 100, 6e-4);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> KEYS = new TreeSet<>(Set.of("reading", "doubt", "practice", "exposures", "rate"));

    private static final List<String> READINGS =
            Arrays.stream(PassageReading.values()).map(Enum::name).toList();

    public BaseProfile {
        require(doubt >= 0 && doubt <= 1, "doubt", doubt, "0 to 1");
        require(exposures >= 1, "exposures", exposures, "1 or more");
        require(rate > 0 && rate < 1, "rate", rate, "between 0 and 1");
    }

    /**
     * The profile beside a checkpoint; {@link #UNMEASURED} where there is none, and in place of each key that it leaves
     * out.
     *
     * @throws ModelFormatException if the file is no profile: it names the key
     */
    public static BaseProfile of(Path checkpoint) {
        Path file = checkpoint.resolve(FILE);
        if (!Files.exists(file)) {
            return UNMEASURED;
        }
        try {
            return read(JSON.readTree(file.toFile()));
        } catch (JsonProcessingException | ModelFormatException e) {
            throw new ModelFormatException("%s is no profile of a base: %s".formatted(file, e.getMessage()), e);
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be read".formatted(file), e);
        }
    }

    private static BaseProfile read(JsonNode profile) {
        if (!profile.isObject()) {
            throw new ModelFormatException("it must be a JSON object");
        }
        profile.fieldNames().forEachRemaining(key -> require(KEYS.contains(key), "key", key, "one of " + KEYS));
        JsonNode reading = value(profile, "reading", BaseProfile::isReading, "one of " + READINGS);
        JsonNode doubt = value(profile, "doubt", JsonNode::isNumber, "a number");
        JsonNode practice = value(profile, "practice", JsonNode::isTextual, "a text");
        JsonNode exposures = value(profile, "exposures", JsonNode::isInt, "a whole number");
        JsonNode rate = value(profile, "rate", JsonNode::isNumber, "a number");
        return new BaseProfile(
                PassageReading.valueOf(reading.asText(UNMEASURED.reading.name())),
                doubt.asDouble(UNMEASURED.doubt),
                practice.asText(UNMEASURED.practice),
                exposures.asInt(UNMEASURED.exposures),
                rate.asDouble(UNMEASURED.rate));
    }

    private static boolean isReading(JsonNode value) {
        return value.isTextual() && READINGS.contains(value.asText());
    }

    private static JsonNode value(JsonNode profile, String key, Predicate<JsonNode> fits, String kind) {
        JsonNode value = profile.path(key);
        require(value.isMissingNode() || fits.test(value), key, value, kind);
        return value;
    }

    private static void require(boolean holds, String key, Object value, String range) {
        if (!holds) {
            throw new ModelFormatException("%s is %s; it must be %s".formatted(key, value, range));
        }
    }
}
