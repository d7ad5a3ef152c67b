package io.loremesh.registry.artifact;

import io.loremesh.proto.registry.v1.Artifact;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** What is known of a complete artifact beside its bytes. */
@Entity
@Table(name = "artifact")
public class ArtifactEntity extends PanacheEntityBase {
    @Id
    public String digest;

    @Column(name = "size_bytes")
    public long sizeBytes;

    @Column(name = "media_type")
    public String mediaType;

    @Column(name = "create_time")
    public Instant createTime;

    Artifact toProto() {
        return Artifact.newBuilder()
                .setDigest(digest)
                .setSizeBytes(sizeBytes)
                .setMediaType(mediaType)
                .build();
    }
}
