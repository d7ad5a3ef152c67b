package io.loremesh.registry.trial;

import io.loremesh.proto.registry.v1.Trial;
import io.loremesh.registry.resource.ProtoJson;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;

/** A trial. Written by SQL, for its time is the database's. */
@Entity
@Table(name = "trial")
public class TrialEntity extends PanacheEntityBase {
    /** Sequence of the move that began it. */
    @Id
    public long move;

    public String model;

    /** Number of the version that it is compared with; 0 is the bare base. */
    public int against;

    @Column(name = "due_time")
    public Instant dueTime;

    /** JSON of {@link Trial} as it ended; null while it is under way. */
    public String outcome;

    TrialName name() {
        return new TrialName(model, move);
    }

    Optional<Trial> ended() {
        return Optional.ofNullable(outcome)
                .map(json -> ProtoJson.read(json, Trial.newBuilder()).build());
    }
}
