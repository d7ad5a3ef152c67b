package io.loremesh.registry.evaluation;

import io.loremesh.registry.resource.ProtoJson;
import io.loremesh.registry.version.VersionName;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;

/** One evaluation's verdict. Never changed: the history of what was judged by which figures. */
@Entity
@Table(name = "evaluation")
public class EvaluationEntity extends PanacheEntityBase {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "evaluation_seq")
    @SequenceGenerator(name = "evaluation_seq", sequenceName = "evaluation_seq", allocationSize = 50)
    public Long id;

    public String model;
    public int version;
    public boolean accepted;

    /** JSON of {@link io.loremesh.proto.registry.v1.Verdict}. */
    public String verdict;

    @Column(name = "create_time")
    public Instant createTime;

    static EvaluationEntity of(VersionName version, Verdict verdict) {
        var entity = new EvaluationEntity();
        entity.model = version.model();
        entity.version = version.number();
        entity.accepted = switch (verdict) {
            case Verdict.Accepted accepted -> true;
            case Verdict.AwaitingApproval waiting -> false;
            case Verdict.Rejected rejected -> false;
        };
        entity.verdict = ProtoJson.write(verdict.toProto());
        entity.createTime = verdict.time();
        return entity;
    }
}
