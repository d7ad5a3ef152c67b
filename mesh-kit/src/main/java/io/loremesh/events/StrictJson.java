package io.loremesh.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * JSON of which no two readers make two things: an object in UTF-8, each key once, nested no deeper than a message of
 * ours, numbers of a length and size that can be computed with, nothing behind its end.
 */
final class StrictJson {
    private static final int DEPTH = 64;
    private static final int NUMBER_LENGTH = 400;
    /** Beyond the exponents of a double, reading a number exactly costs memory without bound. */
    private static final int EXPONENT = 400;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH)
                            .maxNumberLength(NUMBER_LENGTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StrictJson() {}

    /** @param what whose value it is, for the words of the error */
    static String text(byte[] value, String what) throws UnreadableEventException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UnreadableEventException("the value of %s is not UTF-8".formatted(what), e);
        }
    }

    /** Checks an object without keeping it. */
    static void check(String json, String what) throws UnreadableEventException {
        try (JsonParser parser = MAPPER.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new UnreadableEventException(
                        "the value of %s does not fit its schema: it is no JSON object".formatted(what));
            }
            int depth = 1;
            while (depth > 0) {
                JsonToken token = parser.nextToken();
                if (token == null) {
                    throw new UnreadableEventException("the value of %s ends too early".formatted(what));
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (token.isNumeric()) {
                    requireComputable(parser, what);
                }
            }
            if (parser.nextToken() != null) {
                throw new UnreadableEventException("the value of %s goes on behind its object".formatted(what));
            }
        } catch (IOException e) {
            throw notJson(e, what);
        }
    }

    /** An object as a tree. */
    static JsonNode object(String json, String what) throws UnreadableEventException {
        check(json, what);
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw notJson(e, what);
        }
    }

    private static void requireComputable(JsonParser parser, String what) throws IOException, UnreadableEventException {
        var number = new BigDecimal(parser.getText());
        if (Math.abs((long) number.precision() - number.scale()) > EXPONENT
                || Math.abs((long) number.scale()) > 2 * EXPONENT) {
            throw new UnreadableEventException("the value of %s holds the number %.40s, which is out of every range"
                    .formatted(what, parser.getText()));
        }
    }

    private static UnreadableEventException notJson(IOException e, String what) {
        String reason = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
        return new UnreadableEventException(
                "the value of %s does not fit its schema: %.300s".formatted(what, reason), e);
    }
}
