package io.loremesh.cli.exchange;

import com.google.protobuf.ByteString;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.loremesh.cli.connect.MeshClients;
import io.loremesh.cli.terminal.Failure;
import io.loremesh.proto.registry.v1.Artifact;
import io.loremesh.proto.registry.v1.DownloadArtifactRequest;
import io.loremesh.proto.registry.v1.DownloadArtifactResponse;
import io.loremesh.proto.registry.v1.UploadArtifactRequest;
import io.loremesh.proto.registry.v1.UploadArtifactResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Artifacts on their way between the registry and this machine, a piece at a time. */
public final class ArtifactTransfer {
    /** What is on its way lies in the registry's memory several times over: small pieces let it be small. */
    private static final int PIECE = 1 << 16;

    private ArtifactTransfer() {}

    /** @throws Failure if what came is not what the digest names */
    public static void download(MeshClients clients, Artifact artifact, Path file) {
        MessageDigest hash = sha256();
        Iterator<DownloadArtifactResponse> pieces = clients.watchRegistry()
                .artifacts()
                .downloadArtifact(DownloadArtifactRequest.newBuilder()
                        .setDigest(artifact.getDigest())
                        .build());
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), hash)) {
            while (pieces.hasNext()) {
                pieces.next().getData().writeTo(out);
            }
        } catch (IOException e) {
            throw new Failure("cannot write %s: %s".formatted(file, e.getMessage()), e);
        }
        String digest = digest(hash);
        if (!digest.equals(artifact.getDigest())) {
            throw new Failure("artifact %s came as %s; try again".formatted(artifact.getDigest(), digest));
        }
    }

    /** Sends a file and returns the artifact that it is now. */
    public static Artifact upload(MeshClients clients, Path file, String mediaType) {
        try {
            var artifact = Artifact.newBuilder()
                    .setDigest(digest(file))
                    .setSizeBytes(Files.size(file))
                    .setMediaType(mediaType)
                    .build();
            try (InputStream bytes = Files.newInputStream(file)) {
                var sending = new Sending(artifact, bytes);
                clients.uploadArtifacts().uploadArtifact(sending);
                return sending.answer.join().getArtifact();
            }
        } catch (IOException e) {
            throw new Failure("cannot read %s: %s".formatted(file, e.getMessage()), e);
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException refusal ? refusal : e;
        }
    }

    /** One upload: the next piece is read when the transport takes it, so a large file never lies in memory. */
    private static final class Sending
            implements ClientResponseObserver<UploadArtifactRequest, UploadArtifactResponse> {
        private final Artifact artifact;
        private final InputStream bytes;
        private final CompletableFuture<UploadArtifactResponse> answer = new CompletableFuture<>();
        private boolean announced;
        private boolean ended;

        Sending(Artifact artifact, InputStream bytes) {
            this.artifact = artifact;
            this.bytes = bytes;
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<UploadArtifactRequest> call) {
            call.setOnReadyHandler(() -> send(call));
        }

        private void send(ClientCallStreamObserver<UploadArtifactRequest> call) {
            try {
                while (call.isReady() && !ended) {
                    if (!announced) {
                        announced = true;
                        call.onNext(UploadArtifactRequest.newBuilder()
                                .setArtifact(artifact)
                                .build());
                        continue;
                    }
                    byte[] piece = bytes.readNBytes(PIECE);
                    if (piece.length == 0) {
                        ended = true;
                        call.onCompleted();
                    } else {
                        call.onNext(UploadArtifactRequest.newBuilder()
                                .setData(ByteString.copyFrom(piece))
                                .build());
                    }
                }
            } catch (IOException e) {
                ended = true;
                call.cancel("the file cannot be read", e);
                answer.completeExceptionally(new UncheckedIOException(e));
            }
        }

        @Override
        public void onNext(UploadArtifactResponse response) {
            answer.complete(response);
        }

        @Override
        public void onError(Throwable failure) {
            answer.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {}
    }

    /** {@code sha256:} and 64 hex digits. */
    public static String digest(Path file) throws IOException {
        MessageDigest hash = sha256();
        try (OutputStream sink = new DigestOutputStream(OutputStream.nullOutputStream(), hash)) {
            Files.copy(file, sink);
        }
        return digest(hash);
    }

    private static String digest(MessageDigest hash) {
        return "sha256:" + HexFormat.of().formatHex(hash.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
