package io.loremesh.registry.version;

import io.loremesh.proto.registry.v1.AliasMove;
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

/** A move of an alias. The last move of an alias tells where it points. */
@Entity
@Table(name = "alias_move")
public class AliasMoveEntity extends PanacheEntityBase {
    /** Given under the lock of aliases, without gaps. */
    @Id
    public long sequence;

    public String model;
    public String alias;

    /** 0 is the bare base. */
    public int version;

    /** 0 is nothing or the bare base. */
    @Column(name = "previous_version")
    public int previousVersion;

    public String actor;
    public String reason;

    @Column(name = "create_time")
    public Instant createTime;

    /** Of `canary`, where it begins a trial: the share of requests, up to 1; 0 everywhere else. */
    public double share;

    /** Of `canary`: asked beside the active version, and never shown. */
    public boolean shadow;

    /** Whether the move put a version on trial. */
    public boolean beginsTrial() {
        return share > 0;
    }

    public VersionName target() {
        return new VersionName(model, version);
    }

    public VersionName origin() {
        return new VersionName(model, previousVersion);
    }

    public AliasMove toProto() {
        return AliasMove.newBuilder()
                .setSequence(sequence)
                .setModel("models/" + model)
                .setAlias(alias)
                .setVersion(target().resourceOrEmpty())
                .setPreviousVersion(origin().resourceOrEmpty())
                .setActor(actor)
                .setReason(reason)
                .setCreateTime(Timestamps.of(createTime))
                .setShare(share)
                .setShadow(shadow)
                .build();
    }

    /** The last move of an alias; null where it never moved. */
    public static Uni<AliasMoveEntity> last(String model, String alias) {
        return find("model = ?1 and alias = ?2 order by sequence desc", model, alias)
                .firstResult();
    }

    /** The last sequence of the registry; 0 where nothing ever moved. */
    public static Uni<Long> lastSequence() {
        return AliasMoveEntity.<AliasMoveEntity>find("order by sequence desc")
                .firstResult()
                .map(last -> last == null ? 0 : last.sequence);
    }

    /** The last move of each alias of a model, oldest first: where they all point. */
    public static Uni<List<AliasMoveEntity>> current(String model) {
        return current(List.of(model));
    }

    /** As {@link #current(String)}, of several models. */
    public static Uni<List<AliasMoveEntity>> current(Collection<String> models) {
        return list(
                "from AliasMoveEntity m where m.model in ?1 and m.sequence = (select "
                        + "max(n.sequence) from AliasMoveEntity n"
                        + " where n.model = m.model and n.alias = m.alias) order by m.sequence",
                models);
    }
}
