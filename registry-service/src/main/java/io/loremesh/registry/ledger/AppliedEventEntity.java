package io.loremesh.registry.ledger;

import io.loremesh.registry.resource.Timestamps;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** An event that was applied, written in the same transaction as what it changed. */
@Entity
@Table(name = "applied_event")
class AppliedEventEntity extends PanacheEntityBase {
    /** The CloudEvents source and id: an id is unique for its source alone. */
    @Id
    String id;

    @Column(name = "apply_time")
    Instant applyTime;

    static AppliedEventEntity of(String id) {
        var entity = new AppliedEventEntity();
        entity.id = id;
        entity.applyTime = Timestamps.now();
        return entity;
    }

    /** Which of these were applied. */
    static Uni<List<String>> among(Collection<String> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().item(List.of())
                : AppliedEventEntity.<AppliedEventEntity>list("id in ?1", ids)
                        .map(events -> events.stream().map(event -> event.id).toList());
    }
}
