package io.loremesh.model.checkpoint;

/**
 * How a tensor's elements are stored. Plain types hold each element by itself; block types (GGUF's) hold a whole number
 * of blocks to a row, each with scales of its own, and are only read.
 */
public enum DType {
    F32(1, 4),
    F16(1, 2),
    BF16(1, 2),
    I64(1, 8),
    I32(1, 4),
    U8(1, 1),
    Q4_0(32, 18),
    Q4_1(32, 20),
    Q5_0(32, 22),
    Q5_1(32, 24),
    Q8_0(32, 34),
    Q2_K(256, 84),
    Q3_K(256, 110),
    Q4_K(256, 144),
    Q5_K(256, 176),
    Q6_K(256, 210);

    private final int blockElements;
    private final int blockBytes;

    DType(int blockElements, int blockBytes) {
        this.blockElements = blockElements;
        this.blockBytes = blockBytes;
    }

    /** Bytes of one element of a plain type, of one block of a block type. */
    public int bytes() {
        return blockBytes;
    }

    /** Elements in a block: 1 for a plain type. */
    public int blockElements() {
        return blockElements;
    }

    /** Whether each element stands by itself, as all do in safetensors. */
    public boolean plain() {
        return blockElements == 1;
    }

    /** Whether its elements can be read as 32-bit floats. */
    public boolean real() {
        return this != I64 && this != I32 && this != U8;
    }
}
