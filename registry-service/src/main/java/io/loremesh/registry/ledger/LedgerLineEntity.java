package io.loremesh.registry.ledger;

import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.KnowledgeState;
import io.loremesh.proto.registry.v1.LedgerEntry;
import io.loremesh.proto.registry.v1.ProbeTier;
import io.loremesh.registry.resource.ProtoJson;
import io.loremesh.registry.version.VersionName;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What one version knows of one fact. The state may change after the probe, when the fact does; the evidence never. */
@Entity
@Table(name = "ledger_line")
public class LedgerLineEntity extends PanacheEntityBase {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "ledger_line_seq")
    @SequenceGenerator(name = "ledger_line_seq", sequenceName = "ledger_line_seq", allocationSize = 50)
    public Long id;

    public String model;

    /** 0 is the bare base. */
    public int version;

    /** Name of the fact. */
    public String fact;

    @Enumerated(EnumType.STRING)
    public KnowledgeState state;

    public boolean weak;
    public double accuracy;
    public Double margin;

    @Enumerated(EnumType.STRING)
    public ProbeTier tier;

    /**
     * MD5 of the {@link Answers#key key} of the answer given most often: two lines with the same key answer the same.
     * Empty: no answer.
     */
    @Column(name = "answer_key")
    public String answerKey;

    /** JSON of {@link LedgerEntry} as probed. */
    public String content;

    @Column(name = "create_time")
    public Instant createTime;

    /** The line of an entry just probed. */
    public static LedgerLineEntity of(VersionName version, LedgerEntry probed, Instant time) {
        var line = new LedgerLineEntity();
        line.model = version.model();
        line.version = version.number();
        line.fact = probed.getFact().getName();
        line.state = probed.getState();
        line.weak = probed.getWeak();
        line.accuracy = probed.getAccuracy();
        line.margin = probed.hasMargin() ? probed.getMargin() : null;
        line.tier = probed.getTier() == ProbeTier.PROBE_TIER_UNSPECIFIED ? ProbeTier.PROBE_TIER_T1 : probed.getTier();
        line.answerKey = Answers.key(Answers.main(probed));
        line.content = ProtoJson.write(probed);
        line.createTime = time;
        return line;
    }

    /**
     * Its fact changed.
     *
     * @param current empty where it was retracted
     */
    void judge(Optional<Fact> current) {
        state = Staleness.of(toProto(), current);
    }

    public LedgerEntry toProto() {
        return ProtoJson.read(content, LedgerEntry.newBuilder())
                .setState(state)
                .setTier(tier)
                .build();
    }

    /** As it was probed, whatever became of its fact since. */
    public LedgerEntry asProbed() {
        return ProtoJson.read(content, LedgerEntry.newBuilder()).setTier(tier).build();
    }

    /** The fact as it was probed. */
    public Fact probedFact() {
        return toProto().getFact();
    }

    public VersionName versionName() {
        return new VersionName(model, version);
    }

    /** The line of a version and a fact; null where there is none. */
    public static Uni<LedgerLineEntity> find(VersionName version, String fact) {
        return find("model = ?1 and version = ?2 and fact = ?3", version.model(), version.number(), fact)
                .firstResult();
    }

    /** The whole ledger of a version, by fact. */
    public static Uni<List<LedgerLineEntity>> of(VersionName version) {
        return list("model = ?1 and version = ?2 order by fact", version.model(), version.number());
    }
}
