package io.loremesh.registry.audit;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The trace that a call belongs to: the one that its caller tells in {@code traceparent} (W3C Trace Context), or one of its
 * own. Ask for it on the thread that the call's method runs on, before any work is handed to another.
 */
public final class CallTrace {
    private static final Context.Key<String> CURRENT = Context.key("loremesh-trace-id");
    private static final Metadata.Key<String> TRACE_PARENT =
            Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER);
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(?:-.*)?");
    private static final String NO_TRACE = "0".repeat(32);

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
        Matcher match = FORM.matcher(traceParent == null ? "" : traceParent);
        return match.matches() && !match.group(1).equals(NO_TRACE) ? match.group(1) : fresh();
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
