package io.loremesh.registry.mlflow;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** A remark about a model or one of its versions. */
@Entity
@Table(name = "tag")
public class TagEntity extends PanacheEntityBase {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    public String model;

    /** 0 is the model itself. */
    public int version;

    @Column(name = "tag_key")
    public String key;

    @Column(name = "tag_value")
    public String value;

    @Column(name = "update_time")
    public Instant updateTime;

    /** Of any of the models and any of the numbers: more than is asked for, in one query. */
    static Uni<List<TagEntity>> of(Collection<String> models, Collection<Integer> versions) {
        return list("model in ?1 and version in ?2 order by key", models, versions);
    }
}
