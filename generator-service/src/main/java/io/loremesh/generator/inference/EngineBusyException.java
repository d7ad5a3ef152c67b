package io.loremesh.generator.inference;

/** The engine takes no more requests now: its queue is full, or it is closing. Nothing was begun; try again later. */
public final class EngineBusyException extends RuntimeException {
    private final boolean closing;

    EngineBusyException(String message, boolean closing) {
        super(message);
        this.closing = closing;
    }

    /** Whether this engine will never take requests again. */
    public boolean closing() {
        return closing;
    }
}
