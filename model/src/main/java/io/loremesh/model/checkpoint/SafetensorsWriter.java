package io.loremesh.model.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** Writes safetensors files, byte for byte the same for the same tensors, so that their digest names their content. */
public final class SafetensorsWriter {
    private static final int CHUNK = 1 << 18;

    private SafetensorsWriter() {}

    /**
     * A tensor to write.
     *
     * @param dtype {@code F32}, or {@code BF16} (rounded to nearest even)
     * @param shape the dimensions, outermost first; their product is the number of values
     * @param values row-major
     */
    public record Named(String name, DType dtype, long[] shape, float[] values) {
        public Named {
            long size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
            if (size != values.length) {
                throw new IllegalArgumentException("Tensor " + name + " has " + values.length
                        + " values, but its shape " + Arrays.toString(shape) + " needs " + size);
            }
            if (dtype != DType.F32 && dtype != DType.BF16) {
                throw new IllegalArgumentException(
                        "Tensor " + name + " cannot be written as " + dtype + "; use F32 or BF16");
            }
        }
    }

    /** Where a tensor's values come from: some of them as 32-bit floats, as {@link TensorView#read} gives them. */
    @FunctionalInterface
    public interface Values {
        /** @param first the first element, at the begin of a row; the target is filled to its end */
        void read(long first, MemorySegment target);
    }

    /**
     * A tensor to write without holding it in memory.
     *
     * @param dtype {@code F32}, {@code F16} or {@code BF16}
     */
    public record Streamed(String name, DType dtype, long[] shape, Values values) {
        private long size() {
            return Arrays.stream(shape).reduce(1, Math::multiplyExact);
        }
    }

    /** Writes the tensors in the order given, without gaps; {@code metadata} may be empty. */
    public static void write(Path file, List<Named> tensors, Map<String, String> metadata) throws IOException {
        List<Streamed> streamed = tensors.stream()
                .map(t -> new Streamed(
                        t.name(),
                        t.dtype(),
                        t.shape(),
                        (first, target) -> MemorySegment.copy(
                                MemorySegment.ofArray(t.values()), first * Float.BYTES, target, 0, target.byteSize())))
                .toList();
        stream(file, streamed, metadata, written -> {});
    }

    /**
     * Writes tensors of any size, some rows at a time.
     *
     * @param progress told the bytes of values that are written so far
     * @throws ModelFormatException if a value is too large for its type; names the tensor
     */
    public static void stream(Path file, List<Streamed> tensors, Map<String, String> metadata, LongConsumer progress)
            throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode header = json.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode strings = header.putObject("__metadata__");
            metadata.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(e -> strings.put(e.getKey(), e.getValue()));
        }
        long offset = 0;
        for (Streamed tensor : tensors) {
            ObjectNode entry =
                    header.putObject(tensor.name()).put("dtype", tensor.dtype().name());
            Arrays.stream(tensor.shape()).forEach(entry.putArray("shape")::add);
            long end = offset + tensor.size() * tensor.dtype().bytes();
            entry.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] head = json.writeValueAsBytes(header);
        // The format pads its header with blanks so that the data begins at a multiple of eight.
        byte[] padded = Arrays.copyOf(head, (head.length + 7) / 8 * 8);
        Arrays.fill(padded, head.length, padded.length, (byte) ' ');
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(littleEndian(Long.BYTES).putLong(padded.length).array());
            out.write(padded);
            long written = 0;
            for (Streamed tensor : tensors) {
                written = stream(out, tensor, written, progress);
            }
        }
    }

    private static long stream(OutputStream out, Streamed tensor, long written, LongConsumer progress)
            throws IOException {
        long size = tensor.size();
        long width = tensor.shape().length == 0 ? 1 : Math.max(1, tensor.shape()[tensor.shape().length - 1]);
        long chunk = Math.max(1, CHUNK / width) * width;
        for (long first = 0; first < size; first += chunk) {
            float[] values = new float[Math.toIntExact(Math.min(chunk, size - first))];
            tensor.values().read(first, MemorySegment.ofArray(values));
            byte[] bytes = encode(tensor, values);
            out.write(bytes);
            written += bytes.length;
            progress.accept(written);
        }
        return written;
    }

    private static byte[] encode(Streamed tensor, float[] values) {
        ByteBuffer bytes = littleEndian(values.length * tensor.dtype().bytes());
        switch (tensor.dtype()) {
            case F32 -> bytes.asFloatBuffer().put(values);
            case BF16 -> {
                for (float value : values) {
                    bytes.putShort(toBf16(value));
                }
            }
            case F16 -> {
                for (float value : values) {
                    short half = Float.floatToFloat16(value);
                    if (Float.isInfinite(Float.float16ToFloat(half)) && !Float.isInfinite(value)) {
                        throw new ModelFormatException("Tensor " + tensor.name() + " holds " + value
                                + ", too large for F16; write it as BF16 or F32");
                    }
                    bytes.putShort(half);
                }
            }
            default ->
                throw new IllegalArgumentException("Tensor " + tensor.name() + " cannot be written as " + tensor.dtype()
                        + "; use F32, F16 or BF16");
        }
        return bytes.array();
    }

    private static short toBf16(float value) {
        int bits = Float.floatToIntBits(value);
        if (Float.isNaN(value)) {
            return (short) (bits >>> 16);
        }
        return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
