package io.loremesh.generator.answer;

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
final class MalformedMessages {
    // Hands the streams through as they are; gRPC's own copy of this would wrap them, and Vert.x writes only streams
    // that drain
    // themselves, as protobuf's do.
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

    static ServerServiceDefinition refuse(ServerServiceDefinition service) {
        return ServerInterceptors.intercept(ServerInterceptors.useMarshalledMessages(service, BYTES), INTERCEPTOR);
    }

    private static <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
            private boolean refused;

            @Override
            public void onMessage(Q message) {
                try {
                    super.onMessage(message);
                } catch (StatusRuntimeException unreadable) {
                    refused = true;
                    call.close(
                            Status.INVALID_ARGUMENT.withDescription(
                                    "The message is not valid protobuf; text must be UTF-8"),
                            new Metadata());
                }
            }

            @Override
            public void onHalfClose() {
                if (!refused) {
                    super.onHalfClose();
                }
            }
        };
    }
}
