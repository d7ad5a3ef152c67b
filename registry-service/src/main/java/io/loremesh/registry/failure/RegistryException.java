package io.loremesh.registry.failure;

import io.loremesh.events.EventType;

/** A request that cannot be met: the message names the thing, the fact and the remedy. */
public final class RegistryException extends RuntimeException {
    /** Why a request cannot be met; {@link StatusMapper} gives each its gRPC status. */
    public enum Kind {
        INVALID,
        NOT_FOUND,
        ALREADY_EXISTS,
        PRECONDITION,
        OUT_OF_RANGE,
        DATA_LOSS,
        BUSY,
        UNAVAILABLE
    }

    private final Kind kind;

    public RegistryException(Kind kind, String message, Object... arguments) {
        super(arguments.length == 0 ? message : message.formatted(arguments));
        this.kind = kind;
    }

    /** An event on a topic that its type does not belong to. */
    public static RegistryException misplaced(EventType type, String topic) {
        return new RegistryException(
                Kind.INVALID, "%s does not belong on %s but on %s", type.type(), topic, type.topic());
    }

    public Kind kind() {
        return kind;
    }
}
