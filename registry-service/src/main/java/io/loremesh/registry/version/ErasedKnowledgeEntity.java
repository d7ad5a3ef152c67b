package io.loremesh.registry.version;

import io.loremesh.registry.resource.Timestamps;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;

/** A version that holds a fact which was erased: it is not to answer while the fact stays retracted. */
@Entity
@Table(name = "erased_knowledge")
public class ErasedKnowledgeEntity extends PanacheEntityBase {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    public String model;
    public int version;

    /** Name of the fact. */
    public String fact;

    @Column(name = "create_time")
    public Instant createTime;

    public static ErasedKnowledgeEntity of(VersionName holder, String fact) {
        var entity = new ErasedKnowledgeEntity();
        entity.model = holder.model();
        entity.version = holder.number();
        entity.fact = fact;
        entity.createTime = Timestamps.now();
        return entity;
    }

    public VersionName holder() {
        return new VersionName(model, version);
    }

    /** The versions of a model that hold a fact, oldest first. */
    public static Uni<List<ErasedKnowledgeEntity>> holders(String model, String fact) {
        return list("model = ?1 and fact = ?2 order by version", model, fact);
    }

    /** What a version holds of facts that were erased and were not recorded again since. */
    public static Uni<List<ErasedKnowledgeEntity>> heldBy(VersionName version) {
        return list(
                "from ErasedKnowledgeEntity e where e.model = ?1 and e.version = ?2 and exists (select 1 from FactEntity f"
                        + " where f.name = e.fact and f.retracted) order by e.fact",
                version.model(),
                version.number());
    }
}
