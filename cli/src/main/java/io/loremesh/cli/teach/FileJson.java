package io.loremesh.cli.teach;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** JSON as people write it in files: each key once, numbers as they are spelled, and every value with its line. */
final class FileJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** Reads one value where others follow it. */
    private static final ObjectReader PART = MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private FileJson() {}

    /** A value, and the line on which it begins, counted from 1. */
    record Located(int line, JsonNode node) {}

    /** A text that is no JSON. */
    static final class NotJsonException extends IllegalArgumentException {
        private final int line;

        NotJsonException(JsonProcessingException cause) {
            // The parser tells places by objects of its own; the line is named already.
            super(
                    "is not JSON: "
                            + cause.getOriginalMessage()
                                    .replaceAll("(?s)\\s*(\\(start marker|\\n|\\(for |\\[Source).*", ""),
                    cause);
            this.line = cause.getLocation() == null
                    ? 1
                    : Math.max(1, cause.getLocation().getLineNr());
        }

        int line() {
            return line;
        }
    }

    /** One value, and nothing behind it. @throws NotJsonException if it is none */
    static JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new NotJsonException(e);
        }
    }

    static boolean isJson(String text) {
        try {
            return !read(text).isMissingNode();
        } catch (NotJsonException e) {
            return false;
        }
    }

    /**
     * All values of a text that follow one another; of an array its elements. @throws NotJsonException where one is
     * none
     */
    static List<Located> values(String text) {
        return parse(text, parser -> {
            var values = new ArrayList<Located>();
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.START_ARRAY) {
                    elements(parser, values);
                } else {
                    values.add(value(parser));
                }
            }
            return values;
        });
    }

    /**
     * The elements of an array that an object holds under a key, with their lines; none where it holds no array there.
     */
    static List<Located> elements(String text, String key) {
        return parse(text, parser -> {
            var values = new ArrayList<Located>();
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = parser.currentName().equals(key);
                if (parser.nextToken() == JsonToken.START_ARRAY && wanted) {
                    elements(parser, values);
                } else {
                    parser.skipChildren();
                }
            }
            return values;
        });
    }

    private static void elements(JsonParser parser, List<Located> values) throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(value(parser));
        }
    }

    private static Located value(JsonParser parser) throws IOException {
        int line = parser.currentTokenLocation().getLineNr();
        return new Located(line, PART.readTree(parser));
    }

    private interface Walk {
        List<Located> over(JsonParser parser) throws IOException;
    }

    private static List<Located> parse(String text, Walk walk) {
        try (JsonParser parser = MAPPER.createParser(text)) {
            return walk.over(parser);
        } catch (JsonProcessingException e) {
            throw new NotJsonException(e);
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail to be read", e);
        }
    }
}
