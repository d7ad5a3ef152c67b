package io.loremesh.registry.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.loremesh.proto.registry.v1.GetArtifactStatusRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.S3Object;

@QuarkusTest
@QuarkusTestResource(value = BucketParts.class, restrictToAnnotatedClass = true)
class S3ArtifactIT extends ArtifactBehaviour {
    private S3AsyncClient s3;

    @BeforeEach
    void openBucket() {
        s3 = BucketServer.client(ConfigProvider.getConfig().getValue("loremesh.artifacts.s3.endpoint", URI.class))
                .build();
    }

    @AfterEach
    void closeBucket() {
        s3.close();
    }

    @Test
    void bytesThatAreThereAreNotStoredAgain() {
        byte[] bytes = bytes(11);
        String digest = ContentDigest.of(bytes).toString();
        registry.upload(digest, bytes, 0, SIZE);
        List<S3Object> once = objects(digest);

        registry.upload(digest, bytes, 0, SIZE);

        assertThat(once).hasSize(1);
        assertThat(objects(digest)).as("the same object, put at the same time").isEqualTo(once);
    }

    @Test
    void aDamagedObjectIsRefusedByItsDigestAndCanBeUploadedAgain() {
        byte[] bytes = bytes(12);
        String digest = ContentDigest.of(bytes).toString();
        registry.upload(digest, bytes, 0, SIZE);
        byte[] damaged = bytes.clone();
        damaged[SIZE / 2]++;
        s3.putObject(
                        request -> request.bucket(BucketServer.BUCKET)
                                .key(objects(digest).getFirst().key()),
                        AsyncRequestBody.fromBytes(damaged))
                .join();

        assertThatThrownBy(() -> download(digest, 0))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        refusal -> assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.DATA_LOSS))
                .hasMessageContaining(digest);
        assertRefused(Status.Code.NOT_FOUND, () -> registry.calls()
                .artifacts()
                .getArtifactStatus(
                        GetArtifactStatusRequest.newBuilder().setDigest(digest).build()));

        registry.upload(digest, bytes, 0, SIZE);
        assertThat(download(digest, 0)).isEqualTo(bytes);
    }

    private List<S3Object> objects(String digest) {
        String hex = ContentDigest.parse(digest).hex();
        return s3.listObjectsV2(request -> request.bucket(BucketServer.BUCKET)
                        .prefix("registry/sha256/" + hex.substring(0, 2) + "/" + hex))
                .join()
                .contents();
    }
}
