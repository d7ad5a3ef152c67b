package io.loremesh.registry.evaluation;

import io.loremesh.proto.registry.v1.Policy;
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

/** A policy that judges or judged a model. Never changed; the last revision judges now. */
@Entity
@Table(name = "gate_policy")
public class PolicyEntity extends PanacheEntityBase {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    public String model;

    /** Counts from 1 for each model. */
    public int revision;

    public String digest;

    /** The file, YAML. */
    public String content;

    public String actor;
    public String reason;

    @Column(name = "create_time")
    public Instant createTime;

    PolicyFile file() {
        return PolicyFile.parse(content);
    }

    Policy toProto() {
        return Policies.toProto(model, file()).toBuilder()
                .setRevision(revision)
                .setActor(actor)
                .setReason(reason)
                .setCreateTime(Timestamps.of(createTime))
                .build();
    }

    /** The one that judges; null where none was set. */
    static Uni<PolicyEntity> last(String model) {
        return find("model = ?1 order by revision desc", model).firstResult();
    }
}
