package io.loremesh.generator.completion;

/** Where a text goes as it is decoded. */
@FunctionalInterface
public interface DeltaSink {
    /**
     * Takes the next characters. None at all are a question whether anybody still reads.
     *
     * @throws java.util.concurrent.CancellationException if nobody reads them any more: the decoding then stops
     */
    void accept(String delta);

    /** Nobody wants to see it come. */
    DeltaSink NONE = delta -> {};
}
