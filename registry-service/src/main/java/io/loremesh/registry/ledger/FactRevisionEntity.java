package io.loremesh.registry.ledger;

import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.FactRevision;
import io.loremesh.registry.resource.ProtoJson;
import io.loremesh.registry.resource.Timestamps;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;

/** What a fact said from one moment to the next. Never changed. */
@Entity
@Table(name = "fact_revision")
public class FactRevisionEntity extends PanacheEntityBase {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "fact_revision_seq")
    @SequenceGenerator(name = "fact_revision_seq", sequenceName = "fact_revision_seq", allocationSize = 50)
    public Long id;

    /** Name of the fact. */
    public String fact;

    public int revision;

    @Column(name = "event_id")
    public String eventId;

    public boolean retracted;

    /** JSON of {@link Fact}. */
    public String content;

    @Column(name = "record_time")
    public Instant recordTime;

    static FactRevisionEntity of(FactEntity fact, String eventId) {
        var entity = new FactRevisionEntity();
        entity.fact = fact.name;
        entity.revision = fact.revision;
        entity.eventId = eventId;
        entity.retracted = fact.retracted;
        entity.content = fact.content;
        entity.recordTime = fact.recordTime;
        return entity;
    }

    public Fact said() {
        return ProtoJson.read(content, Fact.newBuilder()).build();
    }

    public FactRevision toProto() {
        return FactRevision.newBuilder()
                .setFact(said())
                .setRevision(revision)
                .setEventId(eventId)
                .setRetracted(retracted)
                .setRecordTime(Timestamps.of(recordTime))
                .build();
    }
}
