package io.loremesh.registry.artifact;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** Where complete artifacts lie. Uploads grow below {@code loremesh.data-dir} in any case. */
@ConfigMapping(prefix = "loremesh.artifacts")
interface ArtifactsConfig {
    /** {@code directory} below {@code loremesh.data-dir}, or {@code s3}. */
    @WithDefault("directory")
    Store store();

    Bucket s3();

    enum Store {
        DIRECTORY,
        S3
    }

    /** Credentials come by the SDK's usual chain: environment, profile, the role of container or instance. */
    interface Bucket {
        /** Name of a bucket that exists; required with {@code s3}. */
        Optional<String> bucket();

        /**
         * Begin of every key. One registry's alone: what a collection finds below it and no version names, it removes.
         */
        Optional<String> prefix();

        /** Address of a server that is not Amazon's, for instance {@code https://minio:9000}. */
        Optional<URI> endpoint();

        /** For instance {@code eu-central-1}; what {@code AWS_REGION} or the profile says where it is absent. */
        Optional<String> region();

        /** Whether the bucket is part of the path and not of the host's name: most servers but Amazon's want it. */
        @WithDefault("false")
        boolean pathStyle();
    }
}
