package io.loremesh.model.checkpoint;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A tensor inside a mapped file, not copied: row-major, little-endian, valid until its file is closed.
 *
 * @param name the tensor's name in its file
 * @param shape the dimensions, outermost first; empty for a scalar
 * @param data exactly the tensor's bytes; not necessarily aligned
 */
public record TensorView(String name, DType dtype, long[] shape, MemorySegment data) {
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    public TensorView {
        shape = shape.clone();
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }

    /** How many elements the tensor has. */
    public long size() {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    /**
     * The values as 32-bit floats, in a new array.
     *
     * @throws ModelFormatException if the tensor holds integers
     */
    public float[] toFloats() {
        float[] values = new float[Math.toIntExact(size())];
        switch (dtype) {
            case F32 -> MemorySegment.copy(data, FLOAT, 0, values, 0, values.length);
            case F16 -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = Float.float16ToFloat(data.get(SHORT, 2L * i));
                }
            }
            case BF16 -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = Float.intBitsToFloat(data.get(SHORT, 2L * i) << 16);
                }
            }
            case I64, I32, U8 ->
                throw new ModelFormatException("Tensor " + name + " holds " + dtype
                        + ", but a weight must be F32, F16 or BF16; convert it first");
        }
        return values;
    }
}
