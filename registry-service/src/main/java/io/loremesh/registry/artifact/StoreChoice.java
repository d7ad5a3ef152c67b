package io.loremesh.registry.artifact;

import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;

/** The one store of this process. */
@Singleton
class StoreChoice {
    @Produces
    @Singleton
    ArtifactStore store(
            ArtifactsConfig config,
            @ConfigProperty(name = "loremesh.data-dir", defaultValue = ".mesh/registry") Path dataDir) {
        return switch (config.store()) {
            case DIRECTORY -> new DirectoryArtifactStore(dataDir.resolve("artifacts"));
            case S3 -> bucket(config.s3());
        };
    }

    void close(@Disposes ArtifactStore store) {
        store.close();
    }

    private static ArtifactStore bucket(ArtifactsConfig.Bucket config) {
        String bucket = config.bucket()
                .orElseThrow(() -> new IllegalStateException(
                        "loremesh.artifacts.store is s3 and no bucket is named; set loremesh.artifacts.s3.bucket"));
        S3AsyncClientBuilder client = S3AsyncClient.builder().forcePathStyle(config.pathStyle());
        config.endpoint().ifPresent(client::endpointOverride);
        config.region().map(Region::of).ifPresent(client::region);
        return S3ArtifactStore.open(client, bucket, config.prefix().orElse(""));
    }
}
