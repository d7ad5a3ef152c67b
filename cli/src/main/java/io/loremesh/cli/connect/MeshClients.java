package io.loremesh.cli.connect;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.loremesh.client.RegistryStubs;
import io.loremesh.proto.generator.v1.GeneratorServiceGrpc;
import io.loremesh.proto.generator.v1.GeneratorServiceGrpc.GeneratorServiceBlockingStub;
import io.loremesh.proto.registry.v1.AliasServiceGrpc;
import io.loremesh.proto.registry.v1.AliasServiceGrpc.AliasServiceStub;
import io.loremesh.proto.registry.v1.ArtifactServiceGrpc;
import io.loremesh.proto.registry.v1.ArtifactServiceGrpc.ArtifactServiceStub;
import io.loremesh.proto.retriever.v1.RetrieverServiceGrpc;
import io.loremesh.proto.retriever.v1.RetrieverServiceGrpc.RetrieverServiceBlockingStub;
import io.loremesh.proto.trainer.v1.TrainerServiceGrpc;
import io.loremesh.proto.trainer.v1.TrainerServiceGrpc.TrainerServiceBlockingStub;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Blocking gRPC clients of the four services. Connects with the first call. Safe for concurrent use. */
public final class MeshClients implements AutoCloseable {
    private static final int UNARY_SECONDS = 30;
    private static final int MAX_MESSAGE_BYTES = 16 << 20;

    /** W3C Trace Context: every call of a command bears one trace id, and the registry's audit log names it. */
    private static final Metadata.Key<String> TRACE_PARENT =
            Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER);

    private final MeshAddress address;
    private final Metadata trace = trace();
    private final ManagedChannel retriever;
    private final ManagedChannel generator;
    private final ManagedChannel trainer;
    private final ManagedChannel registry;

    public MeshClients(MeshAddress address) {
        this.address = address;
        this.retriever = channel(address.retriever());
        this.generator = channel(address.generator());
        this.trainer = channel(address.trainer());
        this.registry = channel(address.registry());
    }

    private ManagedChannel channel(int port) {
        return ManagedChannelBuilder.forAddress(address.host(), port)
                .usePlaintext()
                .intercept(MetadataUtils.newAttachHeadersInterceptor(trace))
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .build();
    }

    private static Metadata trace() {
        var random = ThreadLocalRandom.current();
        var trace = new Metadata();
        trace.put(
                TRACE_PARENT,
                "00-%016x%016x-%016x-01".formatted(random.nextLong(), random.nextLong(), random.nextLong()));
        return trace;
    }

    public MeshAddress address() {
        return address;
    }

    public RetrieverServiceBlockingStub retriever() {
        return RetrieverServiceGrpc.newBlockingStub(retriever).withDeadlineAfter(UNARY_SECONDS, TimeUnit.SECONDS);
    }

    public GeneratorServiceBlockingStub generator() {
        return GeneratorServiceGrpc.newBlockingStub(generator).withDeadlineAfter(UNARY_SECONDS, TimeUnit.SECONDS);
    }

    public TrainerServiceBlockingStub trainer() {
        return TrainerServiceGrpc.newBlockingStub(trainer).withDeadlineAfter(UNARY_SECONDS, TimeUnit.SECONDS);
    }

    public RegistryStubs registry() {
        return RegistryStubs.within(Duration.ofSeconds(UNARY_SECONDS), registry);
    }

    /** For streams that last as long as a fine-tune. */
    public TrainerServiceBlockingStub watchTrainer() {
        return TrainerServiceGrpc.newBlockingStub(trainer);
    }

    /** For evaluations, which last as long as they have probes. */
    public RegistryStubs watchRegistry() {
        return RegistryStubs.lasting(registry);
    }

    /** For uploads, whose messages go out as the registry takes them. */
    public ArtifactServiceStub uploadArtifacts() {
        return ArtifactServiceGrpc.newStub(registry);
    }

    /** For alias moves that are told as they happen. */
    public AliasServiceStub watchAliases() {
        return AliasServiceGrpc.newStub(registry);
    }

    @Override
    public void close() {
        List.of(retriever, generator, trainer, registry).forEach(ManagedChannel::shutdownNow);
    }
}
