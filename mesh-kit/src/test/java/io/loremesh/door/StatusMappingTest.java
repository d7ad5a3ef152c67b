package io.loremesh.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class StatusMappingTest {
    private static final StatusMapping MAPPING = new StatusMapping(
            "lister",
            failure -> failure instanceof NoSuchElementException e
                    ? Optional.of(Status.NOT_FOUND.withDescription(e.getMessage()))
                    : Optional.empty());

    static final List<Map.Entry<Throwable, Code>> FAILURES = List.of(
            Map.entry(new IllegalArgumentException("size is -1"), Code.INVALID_ARGUMENT),
            Map.entry(new NumberFormatException(), Code.INVALID_ARGUMENT),
            Map.entry(new DateTimeException("no such day"), Code.INVALID_ARGUMENT),
            Map.entry(new NoSuchElementException("no list x"), Code.NOT_FOUND),
            Map.entry(new RejectedExecutionException(), Code.RESOURCE_EXHAUSTED),
            Map.entry(new OutOfMemoryError(), Code.RESOURCE_EXHAUSTED),
            Map.entry(new CancellationException(), Code.CANCELLED),
            Map.entry(new TimeoutException(), Code.UNAVAILABLE),
            Map.entry(new UncheckedIOException(new IOException("disk full")), Code.UNAVAILABLE),
            Map.entry(new CompletionException(new IllegalArgumentException("no")), Code.INVALID_ARGUMENT),
            Map.entry(Status.ABORTED.asRuntimeException(), Code.INTERNAL),
            Map.entry(Status.ABORTED.withDescription("busy").asException(), Code.ABORTED),
            Map.entry(Status.OK.asRuntimeException(), Code.INTERNAL),
            Map.entry(new StackOverflowError(), Code.INTERNAL),
            Map.entry(new NullPointerException(), Code.INTERNAL),
            Map.entry(new IndexOutOfBoundsException(-1), Code.INTERNAL),
            Map.entry(new AssertionError("never"), Code.INTERNAL),
            Map.entry(new Exception(), Code.INTERNAL));

    @ParameterizedTest
    @FieldSource("FAILURES")
    void everyFailureHasAStatusWithWordsAndAReason(Map.Entry<Throwable, Code> failure) {
        StatusRuntimeException told = MAPPING.toException(failure.getKey());

        assertThat(told.getStatus().getCode()).isEqualTo(failure.getValue());
        assertThat(MAPPING.code(failure.getKey())).isEqualTo(failure.getValue());
        assertThat(told.getStatus().getDescription()).isNotBlank();
        assertThat(StatusProto.fromThrowable(told).getDetailsCount()).isEqualTo(1);
        if (failure.getValue() == Code.INTERNAL) {
            assertThat(told.getStatus().getDescription())
                    .containsPattern("please report it with the trace id [0-9a-f]{16}");
        }
    }

    @Test
    void whatIsToldAlreadyKeepsItsDetails() {
        StatusRuntimeException once = MAPPING.toException(new IllegalArgumentException("size is -1"));

        assertThat(MAPPING.toException(new CompletionException(once))).isSameAs(once);
    }

    @Test
    void aRefusalIsNoOutageOfTheNeighbour() {
        StatusException refused =
                Status.INVALID_ARGUMENT.withDescription("too long").asException();
        StatusRuntimeException away = Status.UNAVAILABLE.asRuntimeException();

        assertThat(StatusMapping.isClientsFault(refused)).isTrue();
        assertThat(StatusMapping.isClientsFault(away)).isFalse();
        assertThat(StatusMapping.isClientsFault(new IOException())).isFalse();
        assertThat(RefusedCallException.ifClientsFault(away)).isSameAs(away);
        assertThat(RefusedCallException.ifClientsFault(refused))
                .isInstanceOf(RefusedCallException.class)
                .satisfies(told -> assertThat(MAPPING.toException(told).getStatus())
                        .extracting(Status::getCode, Status::getDescription)
                        .containsExactly(Code.INVALID_ARGUMENT, "too long"));
    }
}
