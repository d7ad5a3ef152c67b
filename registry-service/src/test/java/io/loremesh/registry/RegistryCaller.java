package io.loremesh.registry;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.loremesh.client.RegistryStubs;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.Artifact;
import io.loremesh.proto.registry.v1.ArtifactServiceGrpc;
import io.loremesh.proto.registry.v1.ArtifactStatus;
import io.loremesh.proto.registry.v1.BaseModel;
import io.loremesh.proto.registry.v1.CreateBaseModelRequest;
import io.loremesh.proto.registry.v1.CreateVersionRequest;
import io.loremesh.proto.registry.v1.GetArtifactStatusRequest;
import io.loremesh.proto.registry.v1.UploadArtifactRequest;
import io.loremesh.proto.registry.v1.UploadArtifactResponse;
import io.loremesh.proto.registry.v1.Version;
import io.loremesh.registry.artifact.ContentDigest;
import java.net.URL;
import java.time.Duration;
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

    public RegistryStubs calls() {
        return RegistryStubs.within(Duration.ofSeconds(30), channel);
    }

    /** Calls that may last as long as this caller. */
    public RegistryStubs lastingCalls() {
        return RegistryStubs.lasting(channel);
    }

    public BaseModel createModel(String id) {
        return calls().baseModels()
                .createBaseModel(CreateBaseModelRequest.newBuilder()
                        .setBaseModelId(id)
                        .setBaseModel(
                                BaseModel.newBuilder().setDigest(BASE_DIGEST).setArchitecture("Qwen2ForCausalLM"))
                        .build());
    }

    /** How much of an artifact is stored, also where not a byte of it is. */
    public ArtifactStatus status(String digest) {
        try {
            return calls().artifacts()
                    .getArtifactStatus(GetArtifactStatusRequest.newBuilder()
                            .setDigest(digest)
                            .build());
        } catch (StatusRuntimeException refusal) {
            if (refusal.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return ArtifactStatus.getDefaultInstance();
            }
            throw refusal;
        }
    }

    /** Uploads the bytes from an offset to the end and waits for the answer. */
    public Artifact upload(String digest, byte[] bytes, int from, int to) {
        var answer = new CompletableFuture<UploadArtifactResponse>();
        send(digest, bytes, from, to, answer).onCompleted();
        try {
            return answer.orTimeout(30, TimeUnit.SECONDS).join().getArtifact();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StatusRuntimeException refusal ? refusal : e;
        }
    }

    /** Sends the bytes up to an offset, and no end: {@link Runnable#run()} cuts the call. */
    public Runnable uploadWithoutEnd(String digest, byte[] bytes, int to) {
        var call =
                (ClientCallStreamObserver<UploadArtifactRequest>) send(digest, bytes, 0, to, new CompletableFuture<>());
        return () -> call.cancel("cut", null);
    }

    private StreamObserver<UploadArtifactRequest> send(
            String digest, byte[] bytes, int from, int to, CompletableFuture<UploadArtifactResponse> answer) {
        StreamObserver<UploadArtifactRequest> call =
                ArtifactServiceGrpc.newStub(channel).uploadArtifact(into(answer));
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
        return call;
    }

    /** Uploads an artifact of its own and registers a version of it. */
    public Version createVersion(String model, String content, List<Fact> facts) {
        byte[] bytes = content.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Artifact artifact = upload(ContentDigest.of(bytes).toString(), bytes, 0, bytes.length);
        return calls().versions()
                .createVersion(CreateVersionRequest.newBuilder()
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
