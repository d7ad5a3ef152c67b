package io.loremesh.generator.answer;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.loremesh.door.TraceParent;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Puts the trace that a caller tells into the context of its gRPC call. Ask for it on the thread that the call's method
 * runs on, before any work is handed to another.
 */
@GlobalInterceptor
@ApplicationScoped
class RequestTrace implements ServerInterceptor {
    private static final Context.Key<String> CURRENT = Context.key("loremesh-trace-id");
    private static final Metadata.Key<String> TRACE_PARENT =
            Metadata.Key.of(TraceParent.HEADER, Metadata.ASCII_STRING_MARSHALLER);

    /** 32 hex digits; empty where the caller told none. */
    static String current() {
        String trace = CURRENT.get();
        return trace == null ? "" : trace;
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        String trace = TraceParent.traceId(headers.get(TRACE_PARENT)).orElse("");
        return Contexts.interceptCall(Context.current().withValue(CURRENT, trace), call, headers, next);
    }
}
