package io.loremesh.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The CloudEvents attributes that this mesh uses, as they were sent in either mode; each is checked as it is asked for.
 * Extensions are not looked at.
 */
final class Attributes {
    /** Bytes of UTF-8. Source and id together are a key of a database index, whose rows end at 2,700 bytes. */
    private static final Map<String, Integer> LIMITS =
            Map.of("specversion", 16, "id", 256, "type", 256, "source", 1_024, "subject", 1_024, "time", 160);

    private static final String PREFIX = "ce_";

    private final Map<String, String> values;
    private final String mode;

    private Attributes(Map<String, String> values, String mode) {
        this.values = values;
        this.mode = mode;
    }

    static Attributes ofHeaders(Headers headers) throws UnreadableEventException {
        Map<String, String> values = new HashMap<>();
        for (String name : LIMITS.keySet()) {
            Header header = headers.lastHeader(PREFIX + name);
            if (header != null && header.value() != null) {
                values.put(name, text(name, header.value()));
            }
        }
        return new Attributes(values, "header " + PREFIX + "%s is missing: not a CloudEvent in binary mode");
    }

    static Attributes ofEnvelope(JsonNode envelope) throws UnreadableEventException {
        Map<String, String> values = new HashMap<>();
        for (String name : LIMITS.keySet()) {
            JsonNode value = envelope.get(name);
            if (value != null && !value.isNull()) {
                if (!value.isTextual()) {
                    throw new UnreadableEventException("attribute %s is no string".formatted(name));
                }
                values.put(name, value.textValue());
            }
        }
        return new Attributes(values, "attribute %s is missing: not a CloudEvent in structured mode");
    }

    private static String text(String name, byte[] value) throws UnreadableEventException {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
        } catch (CharacterCodingException e) {
            throw new UnreadableEventException("header %s%s is not UTF-8".formatted(PREFIX, name), e);
        }
    }

    /** There is one version of CloudEvents so far; another one may mean something else by the same names. */
    void requireVersion() throws UnreadableEventException {
        String version = required("specversion");
        if (!version.equals("1.0")) {
            throw new UnreadableEventException(
                    "specversion is \"%s\"; this mesh reads CloudEvents 1.0".formatted(version));
        }
    }

    String required(String name) throws UnreadableEventException {
        String value = optional(name);
        if (value.isEmpty()) {
            throw new UnreadableEventException(mode.formatted(name));
        }
        return value;
    }

    /** Empty where it was not sent. */
    String optional(String name) throws UnreadableEventException {
        String value = values.getOrDefault(name, "");
        int bytes = value.getBytes(UTF_8).length;
        if (bytes > LIMITS.get(name)) {
            throw new UnreadableEventException(
                    "attribute %s has %d bytes; at most %d are accepted".formatted(name, bytes, LIMITS.get(name)));
        }
        if (StorableText.problem(value).isPresent() || value.codePoints().anyMatch(Character::isISOControl)) {
            throw new UnreadableEventException(
                    "attribute %s holds a control character or half of a surrogate pair, which CloudEvents forbids"
                            .formatted(name));
        }
        return value;
    }

    URI source() throws UnreadableEventException {
        String source = required("source");
        try {
            return new URI(source);
        } catch (URISyntaxException e) {
            throw new UnreadableEventException(
                    "attribute source \"%.100s\" is no URI: %s".formatted(source, e.getReason()), e);
        }
    }

    /** @param taken when Kafka took the message: the time of an event that tells none */
    Instant time(Instant taken) throws UnreadableEventException {
        String time = optional("time");
        return time.isEmpty() ? EventTime.inRange(taken, taken.toString()) : EventTime.parse(time);
    }
}
