package io.loremesh.registry.screening;

import io.loremesh.proto.registry.v1.FactScreening;
import io.loremesh.registry.resource.ProtoJson;
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
import java.util.Collection;
import java.util.List;

/** What was found in a fact that a run was to learn. */
@Entity
@Table(name = "screened_fact")
public class ScreenedFactEntity extends PanacheEntityBase {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    /** {@code runs/{run}}. */
    public String run;

    public String model;

    /** Name of the fact. */
    public String fact;

    @Column(name = "kept_out")
    public boolean keptOut;

    /** JSON of {@link FactScreening}. */
    public String content;

    @Column(name = "create_time")
    public Instant createTime;

    /** Within a transaction: what is found now in place of what was found before in the facts that were screened. */
    static Uni<Void> replace(String run, String model, Collection<String> screened, List<FactScreening> found) {
        Uni<Long> forgotten = delete("run = ?1 and fact in ?2", run, screened);
        return found.isEmpty()
                ? forgotten.replaceWithVoid()
                : forgotten.chain(() -> persist(found.stream().map(one -> of(run, model, one))));
    }

    /** What was found in the facts of a run, by the fact's name. */
    public static Uni<List<ScreenedFactEntity>> ofRun(String run) {
        return list("run = ?1 order by fact", run);
    }

    public FactScreening toProto() {
        return ProtoJson.read(content, FactScreening.newBuilder()).build();
    }

    private static ScreenedFactEntity of(String run, String model, FactScreening found) {
        var entity = new ScreenedFactEntity();
        entity.run = run;
        entity.model = model;
        entity.fact = found.getFact();
        entity.keptOut = found.getKeptOut();
        entity.content = ProtoJson.write(found);
        entity.createTime = Timestamps.now();
        return entity;
    }
}
