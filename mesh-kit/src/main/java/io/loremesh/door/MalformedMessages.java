package io.loremesh.door;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;

/**
 * Tells a client whose message cannot be read (text that is not UTF-8, say) that the message is at fault. The transport parses
 * messages before any interceptor and reports INTERNAL; so here it is given bytes, which are parsed within this interceptor.
 */
public final class MalformedMessages {
    // Hands the streams through as they are; gRPC's own copy of this would wrap them, and Vert.x writes only streams
    // that drain themselves, as protobuf's do.
    private static final MethodDescriptor.Marshaller<InputStream> BYTES = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(InputStream message) {
            return message;
        }

        @Override
        public InputStream parse(InputStream message) {
            return message;
        }
    };

    // Not a class of its own: Quarkus would take it for a bean that nobody uses.
    private static final ServerInterceptor INTERCEPTOR = MalformedMessages::interceptCall;

    private MalformedMessages() {}

    /** The service with INVALID_ARGUMENT for a message that is not protobuf; wrap what {@code bindService} returns. */
    public static ServerServiceDefinition refuse(ServerServiceDefinition service) {
        return ServerInterceptors.intercept(ServerInterceptors.useMarshalledMessages(service, BYTES), INTERCEPTOR);
    }

    private static <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        var open = new RefusableCall<>(call);
        return new SimpleForwardingServerCallListener<>(next.startCall(open, headers)) {
            @Override
            public void onMessage(Q message) {
                if (open.refused) {
                    return;
                }
                try {
                    super.onMessage(message);
                } catch (StatusRuntimeException unreadable) {
                    if (!(unreadable.getCause() instanceof InvalidProtocolBufferException)) {
                        throw unreadable;
                    }
                    open.refuse();
                    // A stream may be half worked off: whoever works on it learns that no more comes.
                    super.onCancel();
                }
            }

            @Override
            public void onHalfClose() {
                if (!open.refused) {
                    super.onHalfClose();
                }
            }
        };
    }

    /** A call that is answered once: what the service still says after a refusal is not heard. */
    private static final class RefusableCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
        private volatile boolean refused;

        RefusableCall(ServerCall<Q, A> call) {
            super(call);
        }

        synchronized void refuse() {
            refused = true;
            super.close(
                    Status.INVALID_ARGUMENT.withDescription("The message is not valid protobuf; text must be UTF-8"),
                    new Metadata());
        }

        @Override
        public synchronized void close(Status status, Metadata trailers) {
            if (!refused) {
                super.close(status, trailers);
            }
        }
    }
}
