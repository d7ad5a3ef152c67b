package io.loremesh.model.checkpoint;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A memory-mapped GGUF file (<a href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">format</a>, versions 2
 * and 3, little-endian): typed metadata by key, then tensors that follow one another. The file is untrusted: every
 * count, length, type and offset is checked against the file's size before anything is read or allocated by it; texts
 * and arrays stay in the file until they are asked for. Safe for concurrent use until closed.
 */
public final class GgufFile implements TensorSource {
    private static final int MAGIC = 0x46554747; // "GGUF"
    private static final int MAX_ENTRIES = 1 << 16;
    private static final int MAX_DIMENSIONS = 4;
    private static final String ALIGNMENT = "general.alignment";
    private static final Map<Integer, DType> TYPES = Map.ofEntries(
            Map.entry(0, DType.F32),
            Map.entry(1, DType.F16),
            Map.entry(2, DType.Q4_0),
            Map.entry(3, DType.Q4_1),
            Map.entry(6, DType.Q5_0),
            Map.entry(7, DType.Q5_1),
            Map.entry(8, DType.Q8_0),
            Map.entry(10, DType.Q2_K),
            Map.entry(11, DType.Q3_K),
            Map.entry(12, DType.Q4_K),
            Map.entry(13, DType.Q5_K),
            Map.entry(14, DType.Q6_K),
            Map.entry(30, DType.BF16));

    private final Path file;
    private final Arena arena;
    private final GgufMetadata metadata;
    private final Map<String, TensorView> tensors;

    private GgufFile(Path file, Arena arena, GgufMetadata metadata, Map<String, TensorView> tensors) {
        this.file = file;
        this.arena = arena;
        this.metadata = metadata;
        this.tensors = tensors;
    }

    /**
     * Maps a file and reads its header.
     *
     * @throws ModelFormatException if the file is truncated or its header lies; names the key or tensor
     * @throws IOException if the file cannot be read
     */
    public static GgufFile open(Path file) throws IOException {
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MemorySegment all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            return parse(file, arena, all);
        } catch (IOException | RuntimeException failure) {
            arena.close();
            throw failure;
        }
    }

    /** The file whose whole content is {@code all}; {@code arena} is closed with it. */
    static GgufFile parse(Path file, Arena arena, MemorySegment all) {
        GgufReader in = new GgufReader(file, all);
        if (in.integer("magic number") != MAGIC) {
            throw new ModelFormatException(file + " does not begin with GGUF; it is another kind of file");
        }
        int version = in.integer("version");
        if (version != 2 && version != 3) {
            throw new ModelFormatException(file + " is GGUF of version " + version
                    + ", but 2 and 3 (little-endian) are supported; convert it anew");
        }
        long tensorCount = in.count("tensor count", MAX_ENTRIES, 24);
        long keyCount = in.count("metadata count", MAX_ENTRIES, 13);
        GgufMetadata metadata = GgufMetadata.read(in, keyCount);
        return new GgufFile(file, arena, metadata, tensors(in, tensorCount, metadata));
    }

    private static Map<String, TensorView> tensors(GgufReader in, long count, GgufMetadata metadata) {
        record Entry(DType dtype, long[] shape, long offset, long bytes) {}
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (long i = 0; i < count; i++) {
            String name = in.name("name of tensor " + i);
            String subject = "Tensor " + name;
            long dimensions = Integer.toUnsignedLong(in.integer(subject));
            if (dimensions > MAX_DIMENSIONS) {
                throw in.refusal(subject + " has " + dimensions + " dimensions, more than " + MAX_DIMENSIONS);
            }
            long[] shape = new long[(int) dimensions];
            for (int d = 0; d < shape.length; d++) {
                shape[shape.length - 1 - d] = in.word(subject); // innermost first in the file
            }
            int code = in.integer(subject);
            DType dtype = TYPES.get(code);
            if (dtype == null) {
                throw in.refusal(subject + " has the element type " + code + ", which is not supported; use one of "
                        + TYPES.values().stream().sorted().toList());
            }
            Entry entry = new Entry(dtype, shape, in.word(subject), bytes(in, subject, dtype, shape));
            if (entries.put(name, entry) != null) {
                throw in.refusal(subject + " stands twice");
            }
        }
        long alignment = metadata.has(ALIGNMENT) ? metadata.integer(ALIGNMENT) : 32;
        if (alignment < 1 || alignment > 1 << 16 || Long.bitCount(alignment) != 1) {
            throw in.refusal(ALIGNMENT + " is " + alignment + ", not a power of two of at most 65536");
        }
        MemorySegment data = in.rest(alignment);
        Map<String, TensorView> tensors = new LinkedHashMap<>();
        long expected = 0;
        for (var named : entries.entrySet()) {
            Entry entry = named.getValue();
            // Each tensor begins where the one before it ends, rounded up: no overlaps, no hidden bytes.
            if (entry.offset() != expected) {
                throw in.refusal("Tensor " + named.getKey() + " lies at " + Long.toUnsignedString(entry.offset())
                        + " of the data, but the tensors before it end at " + expected);
            }
            if (entry.bytes() > data.byteSize() - entry.offset()) {
                throw in.refusal("Tensor " + named.getKey() + " needs " + entry.bytes() + " bytes from "
                        + entry.offset() + " of the data, which has " + data.byteSize());
            }
            tensors.put(
                    named.getKey(),
                    new TensorView(
                            named.getKey(), entry.dtype(), entry.shape(), data.asSlice(entry.offset(), entry.bytes())));
            expected = (entry.offset() + entry.bytes() + alignment - 1) / alignment * alignment;
            if (expected > data.byteSize()) {
                expected = data.byteSize(); // the last tensor may go unpadded
            }
        }
        return tensors;
    }

    private static long bytes(GgufReader in, String subject, DType dtype, long[] shape) {
        long inner = shape.length == 0 ? 1 : shape[shape.length - 1];
        if (inner % dtype.blockElements() != 0) {
            throw in.refusal(subject + " has rows of " + inner + " elements, but " + dtype + " has blocks of "
                    + dtype.blockElements());
        }
        long elements = 1;
        for (long size : shape) {
            // No tensor can have more elements than the file has bits twice over; so no product overflows.
            if (size < 1 || size > in.limit() * 8 || elements > in.limit() * 8 / size) {
                throw in.refusal(subject + " has the impossible shape " + Arrays.toString(shape));
            }
            elements *= size;
        }
        return elements / dtype.blockElements() * dtype.bytes();
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

    public GgufMetadata metadata() {
        return metadata;
    }

    public Path file() {
        return file;
    }

    @Override
    public void close() {
        arena.close();
    }
}
