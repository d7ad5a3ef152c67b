package io.loremesh.cli.terminal;

/**
 * A command cannot do what it was asked to, for a reason that the reader can act on: printed as one message, no stack
 * trace.
 */
public final class Failure extends RuntimeException {
    public Failure(String message) {
        super(message);
    }

    public Failure(String message, Throwable cause) {
        super(message, cause);
    }
}
