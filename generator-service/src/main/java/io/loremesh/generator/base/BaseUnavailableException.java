package io.loremesh.generator.base;

/** This generator has no model to answer with; the message says why. */
public final class BaseUnavailableException extends RuntimeException {
    BaseUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
