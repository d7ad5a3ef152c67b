package io.loremesh.model.checkpoint;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A memory-mapped safetensors file (<a href="https://huggingface.co/docs/safetensors">format</a>): an unsigned 64-bit
 * little-endian header length, a JSON header, then the tensors' bytes. The file is untrusted: header length, types, shapes
 * and offsets are checked before anything is read by them. Safe for concurrent use until closed.
 */
public final class SafetensorsFile implements AutoCloseable {
    /** The limit that the reference implementation sets, so that a hostile length cannot exhaust memory. */
    private static final long MAX_HEADER_BYTES = 100_000_000;

    private static final ValueLayout.OfLong LENGTH = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Path file;
    private final Arena arena;
    private final Map<String, TensorView> tensors;
    private final Map<String, String> metadata;

    private SafetensorsFile(Path file, Arena arena, Map<String, TensorView> tensors, Map<String, String> metadata) {
        this.file = file;
        this.arena = arena;
        this.tensors = tensors;
        this.metadata = metadata;
    }

    /**
     * Maps a file and reads its header.
     *
     * @throws ModelFormatException if the file is truncated or its header lies; names the tensor where there is one
     * @throws IOException if the file cannot be read
     */
    public static SafetensorsFile open(Path file) throws IOException {
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MemorySegment all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            return parse(file, arena, all);
        } catch (IOException | RuntimeException failure) {
            arena.close();
            throw failure;
        }
    }

    private static SafetensorsFile parse(Path file, Arena arena, MemorySegment all) {
        if (all.byteSize() < Long.BYTES) {
            throw new ModelFormatException(
                    file + " has " + all.byteSize() + " bytes, too few for a safetensors header; download it again");
        }
        long headerBytes = all.get(LENGTH, 0);
        if (headerBytes < 2 || headerBytes > MAX_HEADER_BYTES || headerBytes > all.byteSize() - Long.BYTES) {
            throw new ModelFormatException(file + " claims a header of " + Long.toUnsignedString(headerBytes)
                    + " bytes in a file of " + all.byteSize() + " (limit " + MAX_HEADER_BYTES
                    + "); it is corrupt or hostile: get it again from its source");
        }
        JsonNode header = header(file, all.asSlice(Long.BYTES, headerBytes));
        MemorySegment data = all.asSlice(Long.BYTES + headerBytes);
        Map<String, TensorView> tensors = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        header.properties().forEach(entry -> {
            if (entry.getKey().equals("__metadata__")) {
                entry.getValue()
                        .properties()
                        .forEach(e -> metadata.put(e.getKey(), e.getValue().asText()));
            } else {
                tensors.put(entry.getKey(), tensor(file, entry.getKey(), entry.getValue(), data));
            }
        });
        return new SafetensorsFile(file, arena, tensors, metadata);
    }

    private static JsonNode header(Path file, MemorySegment bytes) {
        try {
            JsonNode header = JSON.readTree(bytes.toArray(ValueLayout.JAVA_BYTE));
            if (header.isObject()) {
                return header;
            }
            throw new ModelFormatException(file + " has a header that is not a JSON object; get it again");
        } catch (JsonProcessingException malformed) {
            throw new ModelFormatException(
                    file + " has a malformed header: " + malformed.getOriginalMessage() + "; get it again", malformed);
        } catch (IOException unreadable) {
            throw new ModelFormatException(file + " has an unreadable header; get it again", unreadable);
        }
    }

    private static TensorView tensor(Path file, String name, JsonNode entry, MemorySegment data) {
        DType dtype = dtype(file, name, entry.path("dtype").asText());
        JsonNode dims = entry.path("shape");
        JsonNode offsets = entry.path("data_offsets");
        if (!dims.isArray() || offsets.size() != 2 || !offsets.path(0).canConvertToLong()) {
            throw new ModelFormatException("Tensor " + name + " in " + file + " lacks its shape or data_offsets");
        }
        long[] shape = new long[dims.size()];
        long bytes = dtype.bytes();
        for (int i = 0; i < shape.length; i++) {
            shape[i] = dims.path(i).asLong(-1);
            if (shape[i] < 0 || (shape[i] > 0 && bytes > Long.MAX_VALUE / shape[i])) {
                throw new ModelFormatException("Tensor " + name + " in " + file + " has the impossible shape " + dims);
            }
            bytes *= shape[i];
        }
        long begin = offsets.path(0).asLong(-1);
        long end = offsets.path(1).asLong(-1);
        if (begin < 0 || end < begin || end > data.byteSize()) {
            throw new ModelFormatException("Tensor " + name + " lies at bytes " + begin + " to " + end + " of " + file
                    + ", which holds " + data.byteSize() + "; the file is truncated or corrupt: get it again");
        }
        if (end - begin != bytes) {
            throw new ModelFormatException("Tensor " + name + " in " + file + " has " + (end - begin) + " bytes, but "
                    + dtype + dims + " needs " + bytes + "; the file is corrupt: get it again");
        }
        return new TensorView(name, dtype, shape, data.asSlice(begin, bytes));
    }

    private static DType dtype(Path file, String name, String text) {
        for (DType dtype : DType.values()) {
            if (dtype.name().equals(text)) {
                return dtype;
            }
        }
        throw new ModelFormatException("Tensor " + name + " in " + file + " has the element type '" + text
                + "', which is not supported; convert it to F32, F16 or BF16");
    }

    /** The tensors' names, in the header's order. */
    public Set<String> names() {
        return Collections.unmodifiableSet(tensors.keySet());
    }

    /** @throws ModelFormatException if there is no tensor of that name */
    public TensorView tensor(String name) {
        TensorView view = tensors.get(name);
        if (view == null) {
            throw new ModelFormatException("Tensor " + name + " is missing in " + file);
        }
        return view;
    }

    /** The free-form {@code __metadata__} strings; empty when there are none. */
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(metadata);
    }

    public Path file() {
        return file;
    }

    @Override
    public void close() {
        arena.close();
    }
}
