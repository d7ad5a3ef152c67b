package io.loremesh.door;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
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
import io.loremesh.events.StorableText;
import java.io.InputStream;
import java.util.Optional;

/**
 * Tells a client whose message cannot be read (bytes that are no protobuf, text that is not UTF-8) or whose text no
 * store can hold ({@link StorableText}) that the message is at fault. The transport parses messages before any
 * interceptor and reports INTERNAL; so here it is given bytes, which are parsed within this interceptor.
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

    // Not classes of their own: Quarkus would take them for beans that nobody uses.
    private static final ServerInterceptor UNREADABLE = MalformedMessages::refuseUnreadable;
    private static final ServerInterceptor UNSTORABLE = MalformedMessages::refuseUnstorable;

    private static final StatusMapping ERRORS = new StatusMapping("service", failure -> Optional.empty());

    private MalformedMessages() {}

    /** The service with INVALID_ARGUMENT for such messages; wrap what {@code bindService} returns. */
    public static ServerServiceDefinition refuse(ServerServiceDefinition service) {
        ServerServiceDefinition checked = ServerInterceptors.intercept(service, UNSTORABLE);
        return ServerInterceptors.intercept(ServerInterceptors.useMarshalledMessages(checked, BYTES), UNREADABLE);
    }

    private static <Q, A> ServerCall.Listener<Q> refuseUnreadable(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        var open = new RefusableCall<>(call);
        return new RefusingListener<>(next.startCall(open, headers), open) {
            @Override
            void pass(Q message) {
                try {
                    super.pass(message);
                } catch (StatusRuntimeException unreadable) {
                    if (!(unreadable.getCause() instanceof InvalidProtocolBufferException)) {
                        throw unreadable;
                    }
                    refuse("The message is not valid protobuf; text must be UTF-8");
                }
            }
        };
    }

    private static <Q, A> ServerCall.Listener<Q> refuseUnstorable(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        var open = new RefusableCall<>(call);
        return new RefusingListener<>(next.startCall(open, headers), open) {
            @Override
            void pass(Q message) {
                Optional<String> problem =
                        message instanceof MessageOrBuilder typed ? StorableText.problem(typed) : Optional.empty();
                if (problem.isPresent()) {
                    refuse("The message cannot be taken: " + problem.get());
                } else {
                    super.pass(message);
                }
            }
        };
    }

    private abstract static class RefusingListener<Q, A> extends SimpleForwardingServerCallListener<Q> {
        private final RefusableCall<Q, A> call;

        RefusingListener(ServerCall.Listener<Q> service, RefusableCall<Q, A> call) {
            super(service);
            this.call = call;
        }

        void pass(Q message) {
            super.onMessage(message);
        }

        void refuse(String words) {
            call.refuse(words);
            // A stream may be half worked off: whoever works on it learns that no more comes.
            super.onCancel();
        }

        @Override
        public void onMessage(Q message) {
            if (!call.refused) {
                orStatus(() -> pass(message));
            }
        }

        @Override
        public void onHalfClose() {
            if (!call.refused) {
                orStatus(super::onHalfClose);
            }
        }

        /** The transport hears exceptions alone: after an error (stack, memory) its client would wait for ever. */
        private static void orStatus(Runnable step) {
            try {
                step.run();
            } catch (StackOverflowError | OutOfMemoryError | LinkageError error) {
                throw ERRORS.toException(error);
            }
        }
    }

    /** A call that is answered once: what the service still says after a refusal is not heard. */
    private static final class RefusableCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
        private volatile boolean refused;

        RefusableCall(ServerCall<Q, A> call) {
            super(call);
        }

        synchronized void refuse(String words) {
            refused = true;
            super.close(Status.INVALID_ARGUMENT.withDescription(words), new Metadata());
        }

        @Override
        public synchronized void close(Status status, Metadata trailers) {
            if (!refused) {
                super.close(status, trailers);
            }
        }
    }
}
