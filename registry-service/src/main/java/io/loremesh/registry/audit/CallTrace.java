package io.loremesh.registry.audit;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.loremesh.door.TraceParent;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * The trace that a call belongs to: the one that its caller tells in {@code traceparent} (W3C Trace Context), or one of
 * its own. Ask for it on the thread that the call's method runs on, before any work is handed to another.
 */
public final class CallTrace {
    private static final Context.Key<String> CURRENT = Context.key("loremesh-trace-id");
    private static final Metadata.Key<String> TRACE_PARENT =
            Metadata.Key.of(TraceParent.HEADER, Metadata.ASCII_STRING_MARSHALLER);

    private CallTrace() {}

    /** 32 hex digits; empty outside a call. */
    public static String current() {
        String trace = CURRENT.get();
        return trace == null ? "" : trace;
    }

    /**
     * Runs work that belongs to a call of another protocol than gRPC.
     *
     * @param trace what {@link #of} gave for the call
     */
    public static <T> T within(String trace, Supplier<T> work) {
        Context call = Context.current().withValue(CURRENT, trace);
        Context before = call.attach();
        try {
            return work.get();
        } finally {
            call.detach(before);
        }
    }

    /**
     * The trace of a call, 32 hex digits.
     *
     * @param traceParent its W3C header; null or unreadable: the call gets a trace of its own
     */
    public static String of(String traceParent) {
        return TraceParent.traceId(traceParent).orElseGet(CallTrace::fresh);
    }

    private static String fresh() {
        var random = ThreadLocalRandom.current();
        return "%016x%016x".formatted(random.nextLong(), random.nextLong());
    }

    /** Puts the trace of each call into its gRPC context. */
    @GlobalInterceptor
    @ApplicationScoped
    public static class Interceptor implements ServerInterceptor {
        @Override
        public <Q, R> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            var context = Context.current().withValue(CURRENT, of(headers.get(TRACE_PARENT)));
            return Contexts.interceptCall(context, call, headers, next);
        }
    }
}
