package io.loremesh.model.checkpoint;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a safetensors file (<a href="https://huggingface.co/docs/safetensors">format</a>), checked as a whole
 * as the reference implementation does: the tensors cover the bytes behind it exactly, without overlap, hole or rest.
 * The file is untrusted.
 *
 * @param entries in the header's order
 * @param metadata the free-form {@code __metadata__} strings; empty when there are none
 */
public record SafetensorsHeader(List<Entry> entries, Map<String, String> metadata) {
    /** The limit that the reference implementation sets, so that a hostile length cannot exhaust memory. */
    public static final int MOST_BYTES = 100_000_000;

    private static final String METADATA = "__metadata__";
    private static final int MOST_DIMENSIONS = 16;
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /**
     * One tensor.
     *
     * @param shape the dimensions, outermost first; empty for a scalar
     * @param begin its first byte behind the header
     * @param end the byte behind its last
     */
    public record Entry(String name, DType dtype, long[] shape, long begin, long end) {}

    public SafetensorsHeader {
        entries = List.copyOf(entries);
        metadata = Map.copyOf(metadata);
    }

    /**
     * Reads a header.
     *
     * @param what the file, for messages
     * @param header its JSON
     * @param dataBytes how many bytes lie behind it
     * @throws ModelFormatException saying what lies, by the tensor where there is one
     */
    public static SafetensorsHeader parse(String what, byte[] header, long dataBytes) {
        JsonNode json = json(what, header);
        var entries = new ArrayList<Entry>();
        Map<String, String> metadata = Map.of();
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            if (field.getKey().equals(METADATA)) {
                metadata = metadata(what, field.getValue());
            } else {
                entries.add(entry(what, field.getKey(), field.getValue(), dataBytes));
            }
        }
        requireWhole(what, entries, dataBytes);
        return new SafetensorsHeader(entries, metadata);
    }

    private static JsonNode json(String what, byte[] header) {
        if (header.length == 0 || header[0] != '{') {
            throw new ModelFormatException(what + " has a header that does not begin with {; get it again");
        }
        try {
            JsonNode json = JSON.readTree(header);
            if (json != null && json.isObject()) {
                return json;
            }
            throw new ModelFormatException(what + " has a header that is not a JSON object; get it again");
        } catch (JsonProcessingException malformed) {
            throw new ModelFormatException(
                    what + " has a malformed header: " + malformed.getOriginalMessage() + "; get it again", malformed);
        } catch (IOException unreadable) {
            throw new ModelFormatException(what + " has an unreadable header; get it again", unreadable);
        }
    }

    private static Map<String, String> metadata(String what, JsonNode node) {
        var metadata = new LinkedHashMap<String, String>();
        if (!node.isObject()) {
            throw new ModelFormatException(what + " has a " + METADATA + " that is no object; get it again");
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!field.getValue().isTextual()) {
                throw new ModelFormatException(
                        what + " has " + METADATA + " " + field.getKey() + " that is no text; get it again");
            }
            metadata.put(field.getKey(), field.getValue().textValue());
        }
        return metadata;
    }

    private static Entry entry(String what, String name, JsonNode entry, long dataBytes) {
        DType dtype = dtype(what, name, entry.path("dtype").asText());
        JsonNode dims = entry.path("shape");
        JsonNode offsets = entry.path("data_offsets");
        if (!dims.isArray() || dims.size() > MOST_DIMENSIONS || !offsets.isArray() || offsets.size() != 2) {
            throw new ModelFormatException("Tensor " + name + " in " + what + " lacks its shape or data_offsets");
        }
        long[] shape = new long[dims.size()];
        long bytes = dtype.bytes();
        for (int i = 0; i < shape.length; i++) {
            shape[i] = whole(dims.path(i));
            if (shape[i] < 0 || shape[i] > 0 && bytes > Long.MAX_VALUE / shape[i]) {
                throw new ModelFormatException("Tensor " + name + " in " + what + " has the impossible shape " + dims);
            }
            bytes *= shape[i];
        }
        long begin = whole(offsets.path(0));
        long end = whole(offsets.path(1));
        if (begin < 0 || end < begin || end > dataBytes) {
            throw new ModelFormatException("Tensor " + name + " lies at bytes " + offsets + " of " + what
                    + ", which holds " + dataBytes + "; the file is truncated or corrupt: get it again");
        }
        if (end - begin != bytes) {
            throw new ModelFormatException("Tensor " + name + " in " + what + " has " + (end - begin) + " bytes, but "
                    + dtype + dims + " needs " + bytes + "; the file is corrupt: get it again");
        }
        return new Entry(name, dtype, shape, begin, end);
    }

    /** -1 for what is no integer that a long holds: 0.0 is none. */
    private static long whole(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() ? node.longValue() : -1;
    }

    private static DType dtype(String what, String name, String text) {
        for (DType dtype : DType.values()) {
            if (dtype.plain() && dtype.name().equals(text)) {
                return dtype;
            }
        }
        throw new ModelFormatException("Tensor " + name + " in " + what + " has the element type '" + text
                + "', which is not supported; convert it to F32, F16 or BF16");
    }

    private static void requireWhole(String what, List<Entry> entries, long dataBytes) {
        long reached = 0;
        var inOrder = entries.stream()
                .sorted(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end))
                .toList();
        for (Entry entry : inOrder) {
            if (entry.begin() != reached) {
                throw new ModelFormatException(
                        "Tensor %s in %s begins at byte %d, but the tensors before it end at %d: %s"
                                .formatted(
                                        entry.name(),
                                        what,
                                        entry.begin(),
                                        reached,
                                        entry.begin() < reached
                                                ? "two tensors share bytes; get the file again"
                                                : "there is a hole between them; get the file again"));
            }
            reached = entry.end();
        }
        if (reached != dataBytes) {
            throw new ModelFormatException(what + " holds " + (dataBytes - reached)
                    + " bytes behind its last tensor; it is corrupt or hides something: get it again");
        }
    }
}
