package io.loremesh.registry.failure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.protobuf.InvalidProtocolBufferException;
import io.loremesh.events.UnreadableEventException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.hibernate.exception.JDBCConnectionException;

/** Tells trouble that passes by itself (a database that is away) from trouble that stays (a row that it refuses). */
public final class PassingTrouble {
    /** SQLSTATE classes: connection, transaction rolled back, insufficient resources, operator intervention. */
    private static final List<String> PASSING_STATES = List.of("08", "40", "53", "57");

    private PassingTrouble() {}

    /** Whether the same work may succeed later. */
    public static boolean is(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            // What was sent is at fault: readers of JSON and of protobuf report it as an IOException.
            if (cause instanceof UnreadableEventException || cause instanceof RegistryException) {
                return false;
            }
            if (passes(cause)) {
                return true;
            }
        }
        return false;
    }

    private static boolean passes(Throwable cause) {
        return switch (cause) {
            case PgException refusal -> PASSING_STATES.stream().anyMatch(refusal.getSqlState()::startsWith);
            case InvalidProtocolBufferException unreadable -> false;
            case JsonProcessingException unreadable -> false;
            case CharacterCodingException unreadable -> false;
            case IOException gone -> true;
            case TimeoutException late -> true;
            case JDBCConnectionException gone -> true;
            case ClosedConnectionException cut -> true;
            // The pool and the wire protocol of the Vert.x client report a lost connection this way.
            case NoStackTraceThrowable gone -> true;
            default -> false;
        };
    }
}
