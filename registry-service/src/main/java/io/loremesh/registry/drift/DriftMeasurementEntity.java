package io.loremesh.registry.drift;

import io.loremesh.proto.registry.v1.DriftMeasurement;
import io.loremesh.registry.resource.ProtoJson;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A point of the series. Never changed. */
@Entity
@Table(name = "drift_measurement")
public class DriftMeasurementEntity extends PanacheEntityBase {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    public String model;
    public int version;

    /** JSON of {@link DriftMeasurement}, its sequence left out. */
    public String content;

    @Column(name = "create_time")
    public Instant createTime;

    DriftMeasurement toProto() {
        return ProtoJson.read(content, DriftMeasurement.newBuilder())
                .setSequence(id)
                .build();
    }
}
