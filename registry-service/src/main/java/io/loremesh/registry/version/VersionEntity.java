package io.loremesh.registry.version;

import io.loremesh.proto.registry.v1.Verdict;
import io.loremesh.proto.registry.v1.Version;
import io.loremesh.registry.resource.ProtoJson;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;

@Entity
@Table(name = "version")
public class VersionEntity extends PanacheEntityBase {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "version_seq")
    @SequenceGenerator(name = "version_seq", sequenceName = "version_seq", allocationSize = 50)
    public Long id;

    public String model;
    public int number;

    /** Number of the version that it grew from; 0 is the bare base. */
    public int parent;

    @Column(name = "artifact_digest")
    public String artifactDigest;

    /** JSON of {@link Version} as registered. */
    public String content;

    /** JSON of {@link Verdict}; null before the first evaluation. */
    public String verdict;

    @Column(name = "create_time")
    public Instant createTime;

    public VersionName name() {
        return new VersionName(model, number);
    }

    public VersionName parentName() {
        return new VersionName(model, parent);
    }

    /** As registered: without aliases and verdict. */
    public Version registered() {
        return ProtoJson.read(content, Version.newBuilder()).build();
    }

    public Optional<Verdict> lastVerdict() {
        return Optional.ofNullable(verdict)
                .map(json -> ProtoJson.read(json, Verdict.newBuilder()).build());
    }

    static Uni<VersionEntity> of(VersionName name) {
        return find("model = ?1 and number = ?2", name.model(), name.number()).firstResult();
    }
}
