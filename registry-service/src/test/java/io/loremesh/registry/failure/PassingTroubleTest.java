package io.loremesh.registry.failure;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.loremesh.events.UnreadableEventException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.MalformedInputException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassingTroubleTest {
    /** Connection lost, cannot connect now, crash shutdown, too many connections, deadlock. */
    @ParameterizedTest
    @ValueSource(strings = {"08006", "57P03", "57P02", "53300", "40P01"})
    void aDatabaseThatIsAwayOrBusyPasses(String state) {
        assertThat(PassingTrouble.is(refusal(state))).isTrue();
    }

    /** Unique violation, undefined table. */
    @ParameterizedTest
    @ValueSource(strings = {"23505", "42P01"})
    void aRowThatTheDatabaseRefusesStays(String state) {
        assertThat(PassingTrouble.is(refusal(state))).isFalse();
    }

    @Test
    void aConnectionThatEndsUnderAStatementPassesHoweverItIsWrapped() {
        assertThat(PassingTrouble.is(new CompletionException(ClosedConnectionException.INSTANCE)))
                .isTrue();
        assertThat(PassingTrouble.is(new IllegalStateException(new ConnectException("refused"))))
                .isTrue();
    }

    @Test
    void whatTheRequestItselfGotWrongStays() {
        assertThat(PassingTrouble.is(new RegistryException(Kind.INVALID, "no such fact")))
                .isFalse();
    }

    /** Readers report bytes that are no JSON, protobuf or UTF-8 as an IOException: of a message, not of a disk. */
    @Test
    void bytesThatCannotBeReadStayUnreadable() {
        assertThat(PassingTrouble.is(new UnreadableEventException("no JSON", new IOException("at column 7"))))
                .isFalse();
        assertThat(PassingTrouble.is(new IllegalStateException(new InvalidProtocolBufferException("ends too early"))))
                .isFalse();
        assertThat(PassingTrouble.is(new MalformedInputException(1))).isFalse();
    }

    private static PgException refusal(String state) {
        return new PgException("refused", "ERROR", state, "");
    }
}
