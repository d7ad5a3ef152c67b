package io.loremesh.registry.artifact;

import io.loremesh.proto.registry.v1.Artifact;
import io.loremesh.proto.registry.v1.UploadArtifactRequest;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;

/** One upload call, message by message. Blocks; used by one thread at a time. */
final class ArtifactUpload {
    private final ArtifactIntake intake;
    private Artifact artifact;
    private ArtifactIntake.Upload bytes;

    ArtifactUpload(ArtifactIntake intake) {
        this.intake = intake;
    }

    void accept(UploadArtifactRequest message) {
        try {
            if (bytes == null) {
                begin(message);
            }
            bytes.write(message.getData().asReadOnlyByteBuffer());
        } catch (IOException e) {
            throw new UncheckedIOException("artifact %s cannot be written".formatted(artifact.getDigest()), e);
        }
    }

    /** Verifies and publishes the bytes; returns what the first message announced. */
    Artifact finish() {
        if (bytes == null) {
            throw new RegistryException(Kind.INVALID, "the upload is empty; its first message tells digest and size");
        }
        try {
            bytes.finish();
            return artifact;
        } catch (IOException e) {
            throw new UncheckedIOException("artifact %s cannot be published".formatted(artifact.getDigest()), e);
        }
    }

    void close() {
        try {
            if (bytes != null) {
                bytes.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the file of %s cannot be closed".formatted(artifact.getDigest()), e);
        }
    }

    private void begin(UploadArtifactRequest first) throws IOException {
        Artifact announced = first.getArtifact();
        ContentDigest digest = ContentDigest.parse(announced.getDigest());
        if (announced.getSizeBytes() <= 0 || announced.getMediaType().isEmpty()) {
            throw new RegistryException(
                    Kind.INVALID, "the first message of %s tells no size or no media type; set both", digest);
        }
        if (first.getOffset() < 0 || first.getOffset() > announced.getSizeBytes()) {
            throw new RegistryException(
                    Kind.OUT_OF_RANGE,
                    "offset %d lies outside the %d bytes of %s",
                    first.getOffset(),
                    announced.getSizeBytes(),
                    digest);
        }
        artifact = announced;
        bytes = intake.upload(digest, announced.getSizeBytes(), first.getOffset());
    }
}
