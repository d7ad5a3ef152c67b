package io.loremesh.retriever.embedding;

/** Turns a text into a vector of unit length: near vectors, near meanings. Safe for concurrent use. */
public interface TextEncoder {
    /**
     * The vector of a text; what lies beyond the encoder's longest input is not read.
     *
     * @return [dimensions], unit length
     * @throws EncodingException if the engine fails
     */
    float[] encode(String text);

    /** Length of a vector. */
    int dimensions();

    /** {@code sha256:} and 64 hex digits over the model and its tokenizer: vectors of two digests do not compare. */
    String digest();
}
