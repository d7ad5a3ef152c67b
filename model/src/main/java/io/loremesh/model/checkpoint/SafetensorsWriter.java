package io.loremesh.model.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Writes safetensors files, byte for byte the same for the same tensors, so that their digest names their content. */
public final class SafetensorsWriter {
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
            switch (dtype) {
                case F32, BF16 -> {}
                case F16, I64, I32, U8 ->
                    throw new IllegalArgumentException(
                            "Tensor " + name + " cannot be written as " + dtype + "; use F32 or BF16");
            }
        }

        private long bytes() {
            return (long) values.length * dtype.bytes();
        }
    }

    /** Writes the tensors in the order given, without gaps; {@code metadata} may be empty. */
    public static void write(Path file, List<Named> tensors, Map<String, String> metadata) throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode header = json.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode strings = header.putObject("__metadata__");
            metadata.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(e -> strings.put(e.getKey(), e.getValue()));
        }
        long offset = 0;
        for (Named tensor : tensors) {
            ObjectNode entry =
                    header.putObject(tensor.name()).put("dtype", tensor.dtype().name());
            Arrays.stream(tensor.shape()).forEach(entry.putArray("shape")::add);
            entry.putArray("data_offsets").add(offset).add(offset + tensor.bytes());
            offset += tensor.bytes();
        }
        byte[] head = json.writeValueAsBytes(header);
        // The format pads its header with blanks so that the data begins at a multiple of eight.
        byte[] padded = Arrays.copyOf(head, (head.length + 7) / 8 * 8);
        Arrays.fill(padded, head.length, padded.length, (byte) ' ');
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(littleEndian(Long.BYTES).putLong(padded.length).array());
            out.write(padded);
            for (Named tensor : tensors) {
                out.write(encode(tensor));
            }
        }
    }

    private static byte[] encode(Named tensor) {
        ByteBuffer bytes = littleEndian(Math.toIntExact(tensor.bytes()));
        if (tensor.dtype() == DType.F32) {
            bytes.asFloatBuffer().put(tensor.values());
        } else {
            for (float value : tensor.values()) {
                bytes.putShort(toBf16(value));
            }
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
