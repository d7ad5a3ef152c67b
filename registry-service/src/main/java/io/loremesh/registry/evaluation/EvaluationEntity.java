package io.loremesh.registry.evaluation;

import io.loremesh.proto.registry.v1.EvaluateVersionRequest;
import io.loremesh.proto.registry.v1.Evaluation;
import io.loremesh.proto.registry.v1.EvaluationState;
import io.loremesh.registry.resource.ProtoJson;
import io.loremesh.registry.resource.Timestamps;
import io.loremesh.registry.version.VersionName;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
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

/** An evaluation. Once it has ended it is never changed: the history of what was judged by which figures. */
@Entity
@Table(name = "evaluation")
public class EvaluationEntity extends PanacheEntityBase {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "evaluation_seq")
    @SequenceGenerator(name = "evaluation_seq", sequenceName = "evaluation_seq", allocationSize = 50)
    public Long id;

    public String model;
    public int version;

    /** Null until judged. */
    public Boolean accepted;

    /** JSON of {@link io.loremesh.proto.registry.v1.Verdict}; null until judged. */
    public String verdict;

    @Enumerated(EnumType.STRING)
    public EvaluationState state;

    /** JSON of {@link EvaluateVersionRequest}. */
    public String request;

    /** JSON of {@link Evaluation} as last written. */
    public String progress;

    /** Of the call that began it, 32 hex digits: the audit log names it with the verdict. */
    @Column(name = "trace_id")
    public String trace;

    @Column(name = "create_time")
    public Instant createTime;

    /** Null while it is under way. */
    @Column(name = "end_time")
    public Instant endTime;

    /** The process that works on it. Empty: none yet. */
    public String worker;

    @Column(name = "lease_until")
    public Instant leaseUntil;

    static EvaluationEntity begin(VersionName version, EvaluateVersionRequest request, String trace) {
        var entity = new EvaluationEntity();
        entity.model = version.model();
        entity.version = version.number();
        entity.state = EvaluationState.EVALUATION_STATE_PROBING;
        entity.request = ProtoJson.write(request);
        entity.trace = trace;
        entity.progress = ProtoJson.write(
                Evaluation.newBuilder().setStage("waiting for its turn").build());
        entity.createTime = Timestamps.now();
        entity.worker = "";
        return entity;
    }

    VersionName versionName() {
        return new VersionName(model, version);
    }

    EvaluateVersionRequest asked() {
        return ProtoJson.read(request, EvaluateVersionRequest.newBuilder()).build();
    }

    void end(EvaluationStatus status, Instant time) {
        state = status.state();
        endTime = time;
        progress = ProtoJson.write(ProtoJson.read(progress, Evaluation.newBuilder())
                .setDetail(status.detail())
                .build());
    }

    void judge(Verdict outcome) {
        accepted = switch (outcome) {
            case Verdict.Accepted yes -> true;
            case Verdict.AwaitingApproval later -> false;
            case Verdict.Rejected no -> false;
        };
        verdict = ProtoJson.write(outcome.toProto());
    }

    Evaluation toProto() {
        Evaluation.Builder evaluation = ProtoJson.read(progress, Evaluation.newBuilder())
                .setName(new EvaluationName(versionName().resource(), id).toString())
                .setState(state)
                .setStartTime(Timestamps.of(createTime));
        if (endTime != null) {
            evaluation.setEndTime(Timestamps.of(endTime));
        }
        if (verdict != null) {
            evaluation.setVerdict(ProtoJson.read(verdict, io.loremesh.proto.registry.v1.Verdict.newBuilder()));
        }
        return evaluation.build();
    }
}
