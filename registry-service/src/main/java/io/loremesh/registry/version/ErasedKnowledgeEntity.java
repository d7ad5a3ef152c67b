package io.loremesh.registry.version;

import io.loremesh.proto.registry.v1.KnowledgeState;
import io.loremesh.registry.resource.Timestamps;
import io.quarkus.hibernate.reactive.panache.Panache;
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
import org.hibernate.reactive.mutiny.Mutiny;

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

    /**
     * Within a transaction under the ledger's lock: from now on a version that learned this fact is known as its
     * holder.
     */
    public static Uni<Integer> erase(String model, String fact) {
        return Panache.getSession().chain(session -> session.createNativeQuery(
                        "insert into erased_fact (model, fact) values (:model, :fact) on conflict do nothing")
                .setParameter("model", model)
                .setParameter("fact", fact)
                .executeUpdate());
    }

    /**
     * Within a transaction under the ledger's lock: writes down as a holder each version whose ledger says that it
     * learned what was erased from its model.
     */
    public static Uni<Integer> findHolders(String model) {
        return Panache.getSession().call(Mutiny.Session::flush).chain(session -> session.createNativeQuery(
                        "insert into erased_knowledge (model, version, fact, create_time)"
                                + " select l.model, l.version, l.fact, :time from erased_fact e"
                                + " join ledger_line l on l.model = e.model and l.fact = e.fact"
                                + " join fact f on f.name = e.fact and f.retracted"
                                + " where e.model = :model and l.version > 0 and l.state in "
                                + "(:states) on conflict do nothing")
                .setParameter("model", model)
                .setParameter("time", Timestamps.now())
                // Since its retraction, what was learned is stale.
                .setParameter(
                        "states",
                        List.of(
                                KnowledgeState.KNOWLEDGE_STATE_LEARNED.name(),
                                KnowledgeState.KNOWLEDGE_STATE_STALE.name()))
                .executeUpdate());
    }

    /** The versions of a model that hold a fact, oldest first. */
    public static Uni<List<ErasedKnowledgeEntity>> holders(String model, String fact) {
        return list("model = ?1 and fact = ?2 order by version", model, fact);
    }

    /** What a version holds of facts that were erased and were not recorded again since. */
    public static Uni<List<ErasedKnowledgeEntity>> heldBy(VersionName version) {
        return list(
                "from ErasedKnowledgeEntity e where e.model = ?1 and e.version = ?2 and exists "
                        + "(select 1 from FactEntity f"
                        + " where f.name = e.fact and f.retracted) order by e.fact",
                version.model(),
                version.number());
    }
}
