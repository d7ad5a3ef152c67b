package io.loremesh.registry.artifact;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.quarkus.grpc.GlobalInterceptor;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Lets a call wait until its client has taken what was sent: the generated stubs ask a stream for everything at once,
 * and would hold a whole artifact in memory for a slow client.
 */
final class CallReadiness {
    private static final Context.Key<CallReadiness> CURRENT = Context.key("loremesh-call-readiness");

    private final ServerCall<?, ?> call;
    private final AtomicReference<UniEmitter<? super Void>> waiting = new AtomicReference<>();

    private CallReadiness(ServerCall<?, ?> call) {
        this.call = call;
    }

    /** That of the call whose method runs on this thread. */
    static CallReadiness ofThisCall() {
        return CURRENT.get();
    }

    /** Completes once the transport takes more. For one waiter at a time. */
    Uni<Void> await() {
        return Uni.createFrom().emitter(emitter -> {
            waiting.set(emitter);
            // Asked after the waiter is in place: an onReady in between would be missed otherwise.
            if (call.isReady()) {
                wake();
            }
        });
    }

    private void wake() {
        UniEmitter<? super Void> emitter = waiting.getAndSet(null);
        if (emitter != null) {
            emitter.complete(null);
        }
    }

    /** Puts the readiness of each call into its gRPC context. */
    @GlobalInterceptor
    @ApplicationScoped
    public static class Interceptor implements ServerInterceptor {
        @Override
        public <Q, R> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            var readiness = new CallReadiness(call);
            var context = Context.current().withValue(CURRENT, readiness);
            return new SimpleForwardingServerCallListener<>(Contexts.interceptCall(context, call, headers, next)) {
                @Override
                public void onReady() {
                    readiness.wake();
                    super.onReady();
                }
            };
        }
    }
}
