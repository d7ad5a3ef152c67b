package io.loremesh.registry;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.Artifact;
import io.loremesh.proto.registry.v1.BaseModel;
import io.loremesh.proto.registry.v1.CreateBaseModelRequest;
import io.loremesh.proto.registry.v1.CreateVersionRequest;
import io.loremesh.proto.registry.v1.RegistryServiceGrpc;
import io.loremesh.proto.registry.v1.UploadArtifactRequest;
import io.loremesh.proto.registry.v1.UploadArtifactResponse;
import io.loremesh.proto.registry.v1.Version;
import io.loremesh.registry.artifact.ContentDigest;
import java.net.URL;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Calls the registry over its own port, as its neighbours do. */
public final class RegistryCaller implements AutoCloseable {
    public static final String BASE_DIGEST = "sha256:" + "b".repeat(64);
    private static final int PIECE = 1 << 18;

    private final ManagedChannel channel;

    public RegistryCaller(URL address) {
        this.channel = ManagedChannelBuilder.forAddress(address.getHost(), address.getPort())
                .usePlaintext()
                .build();
    }

    public RegistryServiceGrpc.RegistryServiceBlockingStub calls() {
        return RegistryServiceGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
    }

    public BaseModel createModel(String id) {
        return calls().createBaseModel(CreateBaseModelRequest.newBuilder()
                .setBaseModelId(id)
                .setBaseModel(BaseModel.newBuilder().setDigest(BASE_DIGEST).setArchitecture("Qwen2ForCausalLM"))
                .build());
    }

    /** Uploads the bytes from an offset to the end and waits for the answer. */
    public Artifact upload(String digest, byte[] bytes, int from, int to) {
        var answer = new CompletableFuture<UploadArtifactResponse>();
        StreamObserver<UploadArtifactRequest> call =
                RegistryServiceGrpc.newStub(channel).uploadArtifact(into(answer));
        var artifact = Artifact.newBuilder()
                .setDigest(digest)
                .setSizeBytes(bytes.length)
                .setMediaType("application/vnd.loremesh.peft.v1.tar");
        call.onNext(UploadArtifactRequest.newBuilder()
                .setArtifact(artifact)
                .setOffset(from)
                .build());
        for (int at = from; at < to; at += PIECE) {
            call.onNext(UploadArtifactRequest.newBuilder()
                    .setData(ByteString.copyFrom(bytes, at, Math.min(PIECE, to - at)))
                    .build());
        }
        call.onCompleted();
        try {
            return answer.orTimeout(30, TimeUnit.SECONDS).join().getArtifact();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StatusRuntimeException refusal ? refusal : e;
        }
    }

    /** Uploads an artifact of its own and registers a version of it. */
    public Version createVersion(String model, String content, List<Fact> facts) {
        byte[] bytes = content.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Artifact artifact = upload(ContentDigest.of(bytes).toString(), bytes, 0, bytes.length);
        return calls().createVersion(CreateVersionRequest.newBuilder()
                .setParent("models/" + model)
                .setVersion(Version.newBuilder()
                        .setArtifact(artifact)
                        .setBaseDigest(BASE_DIGEST)
                        .addAllFacts(facts.stream().map(Fact::getName).toList()))
                .build());
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private static StreamObserver<UploadArtifactResponse> into(CompletableFuture<UploadArtifactResponse> answer) {
        return new StreamObserver<>() {
            @Override
            public void onNext(UploadArtifactResponse value) {
                answer.complete(value);
            }

            @Override
            public void onError(Throwable failure) {
                answer.completeExceptionally(failure);
            }

            @Override
            public void onCompleted() {}
        };
    }
}
