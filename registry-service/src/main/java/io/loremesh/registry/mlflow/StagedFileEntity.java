package io.loremesh.registry.mlflow;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;

/** A path and the artifact that was uploaded to it last. */
@Entity
@Table(name = "staged_file")
public class StagedFileEntity extends PanacheEntityBase {
    private static final int MOST = 1_000;

    @Id
    public String path;

    @Column(name = "artifact_digest")
    public String artifactDigest;

    @Column(name = "size_bytes")
    public long sizeBytes;

    @Column(name = "create_time")
    public Instant createTime;

    /** The first 1,000 files below a directory, at any depth; of all where the directory is empty. */
    static Uni<List<StagedFileEntity>> below(String directory) {
        String prefix = directory.isEmpty() ? "" : directory + "/";
        return StagedFileEntity.<StagedFileEntity>find(
                        "substring(path, 1, ?1) = ?2 order by path", prefix.length(), prefix)
                .range(0, MOST - 1)
                .list();
    }

    static Uni<Long> deleteAt(String path) {
        return delete("path = ?1 or substring(path, 1, ?2) = ?3", path, path.length() + 1, path + "/");
    }
}
