package io.loremesh.model.checkpoint;

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
 * little-endian header length, a JSON header, then the tensors' bytes. The file is untrusted: its
 * {@link SafetensorsHeader header} is checked as a whole before anything is read by it. Safe for concurrent use until
 * closed.
 */
public final class SafetensorsFile implements TensorSource {
    private static final ValueLayout.OfLong LENGTH = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

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
        if (headerBytes < 2
                || headerBytes > SafetensorsHeader.MOST_BYTES
                || headerBytes > all.byteSize() - Long.BYTES) {
            throw new ModelFormatException(file + " claims a header of " + Long.toUnsignedString(headerBytes)
                    + " bytes in a file of " + all.byteSize() + " (limit " + SafetensorsHeader.MOST_BYTES
                    + "); it is corrupt or hostile: get it again from its source");
        }
        SafetensorsHeader header = SafetensorsHeader.parse(
                file.toString(),
                all.asSlice(Long.BYTES, headerBytes).toArray(ValueLayout.JAVA_BYTE),
                all.byteSize() - Long.BYTES - headerBytes);
        MemorySegment data = all.asSlice(Long.BYTES + headerBytes);
        Map<String, TensorView> tensors = new LinkedHashMap<>();
        header.entries()
                .forEach(entry -> tensors.put(
                        entry.name(),
                        new TensorView(
                                entry.name(),
                                entry.dtype(),
                                entry.shape(),
                                data.asSlice(entry.begin(), entry.end() - entry.begin()))));
        return new SafetensorsFile(file, arena, tensors, header.metadata());
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(tensors.keySet());
    }

    @Override
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
