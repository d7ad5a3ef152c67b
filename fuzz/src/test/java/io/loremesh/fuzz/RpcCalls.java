package io.loremesh.fuzz;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** Calls under way, a bounded number at a time, and what became of each. Safe for concurrent use. */
final class RpcCalls {
    private static final int IN_FLIGHT = 32;
    private static final int KEPT_FAULTS = 20;
    private static final long DEADLINE_SECONDS = 60;
    /** What goes on until somebody ends it, or as long as there is work: its caller goes away early. */
    private static final Set<String> LASTING =
            Set.of("WatchRun", "WatchAliases", "EvaluateVersion", "EraseFact", "BisectFact");

    private static final long LASTING_MILLIS = 200;

    private final BiConsumer<Rpc, byte[]> answered;
    private final Semaphore free = new Semaphore(IN_FLIGHT);
    private final Map<String, Map<Status.Code, Long>> outcomes = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();

    /** @param answered is told each answer */
    RpcCalls(BiConsumer<Rpc, byte[]> answered) {
        this.answered = answered;
    }

    /** @param input what makes this input again, for whoever looks for the fault */
    void send(ManagedChannel channel, Rpc rpc, byte[] message, String input) throws InterruptedException {
        free.acquire();
        boolean lasting = isLasting(rpc);
        var options = lasting
                ? CallOptions.DEFAULT.withDeadlineAfter(LASTING_MILLIS, TimeUnit.MILLISECONDS)
                : CallOptions.DEFAULT.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
        ClientCall<byte[], byte[]> call = channel.newCall(rpc.call(), options);
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onMessage(byte[] answer) {
                        answered.accept(rpc, answer);
                        call.request(1);
                    }

                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        free.release();
                        record(rpc, status, lasting, input);
                    }
                },
                new Metadata());
        call.request(1);
        call.sendMessage(message);
        call.halfClose();
    }

    /** Whether its caller goes away early, so that it needs a connection apart: it may take the connection with it. */
    static boolean isLasting(Rpc rpc) {
        return LASTING.contains(rpc.descriptor().getName());
    }

    private void record(Rpc rpc, Status status, boolean lasting, String input) {
        outcomes.computeIfAbsent(rpc.name(), name -> new ConcurrentHashMap<>()).merge(status.getCode(), 1L, Long::sum);
        boolean sound =
                switch (status.getCode()) {
                    case OK -> true;
                    case INVALID_ARGUMENT,
                            NOT_FOUND,
                            ALREADY_EXISTS,
                            FAILED_PRECONDITION,
                            OUT_OF_RANGE,
                            RESOURCE_EXHAUSTED,
                            ABORTED,
                            UNAVAILABLE,
                            PERMISSION_DENIED,
                            UNAUTHENTICATED ->
                        status.getDescription() != null
                                && !status.getDescription().isBlank();
                    case DEADLINE_EXCEEDED -> lasting;
                    // A caller that goes away at the wrong moment loses its connection (Netty answers on a stream that
                    // is gone).
                    case INTERNAL ->
                        lasting && String.valueOf(status.getDescription()).contains("GOAWAY");
                    case CANCELLED, UNKNOWN, DATA_LOSS, UNIMPLEMENTED -> false;
                };
        if (!sound && faults.size() < KEPT_FAULTS) {
            faults.add("%s, input %s: %s".formatted(rpc.name(), input, status));
        }
    }

    /** Returns when no call is under way any more. */
    void await() throws InterruptedException {
        free.acquire(IN_FLIGHT);
        free.release(IN_FLIGHT);
    }

    /** Calls that ended in no answer and no status with words; at most the first twenty. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    /** By method, how often which status came. */
    Map<String, Map<Status.Code, Long>> outcomes() {
        return new TreeMap<>(outcomes);
    }
}
