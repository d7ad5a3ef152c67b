package io.loremesh.model.checkpoint;

/** A model file that cannot be used: the message names the file or tensor, the fact, and what to do. */
public final class ModelFormatException extends RuntimeException {

    public ModelFormatException(String message) {
        super(message);
    }

    public ModelFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
