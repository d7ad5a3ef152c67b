package io.loremesh.events;

/** A Kafka message that is not an event of ours. The message goes to the dead-letter topic with this reason. */
public final class UnreadableEventException extends Exception {
    public UnreadableEventException(String reason) {
        super(reason);
    }

    public UnreadableEventException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
