package io.loremesh.registry;

import io.grpc.ServerServiceDefinition;
import io.loremesh.door.MalformedMessages;
import io.loremesh.proto.registry.v1.AliasMove;
import io.loremesh.proto.registry.v1.ApproveVersionRequest;
import io.loremesh.proto.registry.v1.ArtifactStatus;
import io.loremesh.proto.registry.v1.BaseModel;
import io.loremesh.proto.registry.v1.BisectFactRequest;
import io.loremesh.proto.registry.v1.BisectFactResponse;
import io.loremesh.proto.registry.v1.BlameFactRequest;
import io.loremesh.proto.registry.v1.CancelEvaluationRequest;
import io.loremesh.proto.registry.v1.CancelTrialRequest;
import io.loremesh.proto.registry.v1.CollectGarbageRequest;
import io.loremesh.proto.registry.v1.CollectGarbageResponse;
import io.loremesh.proto.registry.v1.CreateBaseModelRequest;
import io.loremesh.proto.registry.v1.CreateTrialRequest;
import io.loremesh.proto.registry.v1.CreateVersionRequest;
import io.loremesh.proto.registry.v1.DiffVersionsRequest;
import io.loremesh.proto.registry.v1.DownloadArtifactRequest;
import io.loremesh.proto.registry.v1.DownloadArtifactResponse;
import io.loremesh.proto.registry.v1.EraseFactRequest;
import io.loremesh.proto.registry.v1.EraseFactResponse;
import io.loremesh.proto.registry.v1.EvaluateVersionRequest;
import io.loremesh.proto.registry.v1.EvaluateVersionResponse;
import io.loremesh.proto.registry.v1.Evaluation;
import io.loremesh.proto.registry.v1.FactBlame;
import io.loremesh.proto.registry.v1.FactHistory;
import io.loremesh.proto.registry.v1.GetArtifactStatusRequest;
import io.loremesh.proto.registry.v1.GetBaseModelRequest;
import io.loremesh.proto.registry.v1.GetEvaluationRequest;
import io.loremesh.proto.registry.v1.GetFactHistoryRequest;
import io.loremesh.proto.registry.v1.GetLineageRequest;
import io.loremesh.proto.registry.v1.GetPolicyRequest;
import io.loremesh.proto.registry.v1.GetTrialRequest;
import io.loremesh.proto.registry.v1.GetVersionRequest;
import io.loremesh.proto.registry.v1.KnowledgeDiff;
import io.loremesh.proto.registry.v1.Lineage;
import io.loremesh.proto.registry.v1.ListAliasMovesRequest;
import io.loremesh.proto.registry.v1.ListAliasMovesResponse;
import io.loremesh.proto.registry.v1.ListAuditEntriesRequest;
import io.loremesh.proto.registry.v1.ListAuditEntriesResponse;
import io.loremesh.proto.registry.v1.ListBaseModelsRequest;
import io.loremesh.proto.registry.v1.ListBaseModelsResponse;
import io.loremesh.proto.registry.v1.ListDriftMeasurementsRequest;
import io.loremesh.proto.registry.v1.ListDriftMeasurementsResponse;
import io.loremesh.proto.registry.v1.ListEvaluationsRequest;
import io.loremesh.proto.registry.v1.ListEvaluationsResponse;
import io.loremesh.proto.registry.v1.ListFactChangesRequest;
import io.loremesh.proto.registry.v1.ListFactChangesResponse;
import io.loremesh.proto.registry.v1.ListFactsRequest;
import io.loremesh.proto.registry.v1.ListFactsResponse;
import io.loremesh.proto.registry.v1.ListLedgerEntriesRequest;
import io.loremesh.proto.registry.v1.ListLedgerEntriesResponse;
import io.loremesh.proto.registry.v1.ListPoliciesRequest;
import io.loremesh.proto.registry.v1.ListPoliciesResponse;
import io.loremesh.proto.registry.v1.ListTrialsRequest;
import io.loremesh.proto.registry.v1.ListTrialsResponse;
import io.loremesh.proto.registry.v1.ListVersionsRequest;
import io.loremesh.proto.registry.v1.ListVersionsResponse;
import io.loremesh.proto.registry.v1.MutinyRegistryServiceGrpc;
import io.loremesh.proto.registry.v1.Policy;
import io.loremesh.proto.registry.v1.RecordFactsRequest;
import io.loremesh.proto.registry.v1.RecordFactsResponse;
import io.loremesh.proto.registry.v1.RollbackAliasRequest;
import io.loremesh.proto.registry.v1.ScreenFactsRequest;
import io.loremesh.proto.registry.v1.Screening;
import io.loremesh.proto.registry.v1.SetAliasRequest;
import io.loremesh.proto.registry.v1.SetPolicyRequest;
import io.loremesh.proto.registry.v1.Trial;
import io.loremesh.proto.registry.v1.UploadArtifactRequest;
import io.loremesh.proto.registry.v1.UploadArtifactResponse;
import io.loremesh.proto.registry.v1.VerifyAuditLogRequest;
import io.loremesh.proto.registry.v1.VerifyAuditLogResponse;
import io.loremesh.proto.registry.v1.Version;
import io.loremesh.proto.registry.v1.WatchAliasesRequest;
import io.loremesh.registry.artifact.Artifacts;
import io.loremesh.registry.artifact.GarbageCollection;
import io.loremesh.registry.audit.AuditLog;
import io.loremesh.registry.blame.BisectFlow;
import io.loremesh.registry.blame.BlameFlow;
import io.loremesh.registry.diff.DiffFlow;
import io.loremesh.registry.drift.DriftRecords;
import io.loremesh.registry.erasure.ErasureFlow;
import io.loremesh.registry.evaluation.EvaluationFlow;
import io.loremesh.registry.evaluation.Policies;
import io.loremesh.registry.ledger.FactLedger;
import io.loremesh.registry.ledger.LedgerReader;
import io.loremesh.registry.lineage.LineageReader;
import io.loremesh.registry.promotion.AliasFeed;
import io.loremesh.registry.promotion.Approvals;
import io.loremesh.registry.promotion.PromotionFlow;
import io.loremesh.registry.screening.ScreeningFlow;
import io.loremesh.registry.trial.TrialFlow;
import io.loremesh.registry.version.BaseModels;
import io.loremesh.registry.version.Registrar;
import io.loremesh.registry.version.Versions;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** The contract of the registry; every call is one step's. */
@GrpcService
public class RegistryGrpcService extends MutinyRegistryServiceGrpc.RegistryServiceImplBase {
    private final BaseModels baseModels;
    private final Registrar registrar;
    private final Versions versions;
    private final Artifacts artifacts;
    private final FactLedger ledger;
    private final LedgerReader reader;
    private final EvaluationFlow evaluation;
    private final DiffFlow diff;
    private final BlameFlow blame;
    private final BisectFlow bisection;
    private final PromotionFlow promotion;
    private final AliasFeed aliases;
    private final TrialFlow trials;
    private final DriftRecords drift;
    private final Policies policies;
    private final Approvals approvals;
    private final AuditLog audit;
    private final ErasureFlow erasure;
    private final LineageReader lineage;
    private final GarbageCollection garbage;
    private final ScreeningFlow screening;

    RegistryGrpcService(
            BaseModels baseModels,
            Registrar registrar,
            Versions versions,
            Artifacts artifacts,
            FactLedger ledger,
            LedgerReader reader,
            EvaluationFlow evaluation,
            DiffFlow diff,
            BlameFlow blame,
            BisectFlow bisection,
            PromotionFlow promotion,
            AliasFeed aliases,
            TrialFlow trials,
            DriftRecords drift,
            Policies policies,
            Approvals approvals,
            AuditLog audit,
            ErasureFlow erasure,
            LineageReader lineage,
            GarbageCollection garbage,
            ScreeningFlow screening) {
        this.baseModels = baseModels;
        this.registrar = registrar;
        this.versions = versions;
        this.artifacts = artifacts;
        this.ledger = ledger;
        this.reader = reader;
        this.evaluation = evaluation;
        this.diff = diff;
        this.blame = blame;
        this.bisection = bisection;
        this.promotion = promotion;
        this.aliases = aliases;
        this.trials = trials;
        this.drift = drift;
        this.policies = policies;
        this.approvals = approvals;
        this.audit = audit;
        this.erasure = erasure;
        this.lineage = lineage;
        this.garbage = garbage;
        this.screening = screening;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return MalformedMessages.refuse(super.bindService());
    }

    @Override
    public Uni<BaseModel> createBaseModel(CreateBaseModelRequest request) {
        return baseModels.create(request);
    }

    @Override
    public Uni<BaseModel> getBaseModel(GetBaseModelRequest request) {
        return baseModels.get(request.getName());
    }

    @Override
    public Uni<ListBaseModelsResponse> listBaseModels(ListBaseModelsRequest request) {
        return baseModels.list(request);
    }

    @Override
    public Uni<Version> createVersion(CreateVersionRequest request) {
        return registrar.register(request);
    }

    @Override
    public Uni<Version> getVersion(GetVersionRequest request) {
        return versions.get(request.getName());
    }

    @Override
    public Uni<ListVersionsResponse> listVersions(ListVersionsRequest request) {
        return versions.list(request);
    }

    /** On a worker thread: the next message is asked for when this one is on the disk. */
    @Override
    @Blocking
    public Uni<UploadArtifactResponse> uploadArtifact(Multi<UploadArtifactRequest> request) {
        return artifacts.upload(request);
    }

    @Override
    public Uni<ArtifactStatus> getArtifactStatus(GetArtifactStatusRequest request) {
        return artifacts.status(request.getDigest());
    }

    @Override
    public Multi<DownloadArtifactResponse> downloadArtifact(DownloadArtifactRequest request) {
        return artifacts.download(request);
    }

    @Override
    public Uni<RecordFactsResponse> recordFacts(RecordFactsRequest request) {
        return ledger.record(request);
    }

    @Override
    public Uni<ListFactsResponse> listFacts(ListFactsRequest request) {
        return reader.facts(request);
    }

    @Override
    public Uni<FactHistory> getFactHistory(GetFactHistoryRequest request) {
        return reader.history(request);
    }

    @Override
    public Uni<ListLedgerEntriesResponse> listLedgerEntries(ListLedgerEntriesRequest request) {
        return reader.entries(request);
    }

    @Override
    public Multi<EvaluateVersionResponse> evaluateVersion(EvaluateVersionRequest request) {
        return evaluation.evaluate(request);
    }

    @Override
    public Uni<Evaluation> getEvaluation(GetEvaluationRequest request) {
        return evaluation.get(request.getName());
    }

    @Override
    public Uni<ListEvaluationsResponse> listEvaluations(ListEvaluationsRequest request) {
        return evaluation.list(request);
    }

    @Override
    public Uni<Evaluation> cancelEvaluation(CancelEvaluationRequest request) {
        return evaluation.cancel(request);
    }

    @Override
    public Uni<KnowledgeDiff> diffVersions(DiffVersionsRequest request) {
        return diff.diff(request);
    }

    @Override
    public Uni<ListFactChangesResponse> listFactChanges(ListFactChangesRequest request) {
        return diff.changes(request);
    }

    @Override
    public Uni<FactBlame> blameFact(BlameFactRequest request) {
        return blame.blame(request);
    }

    @Override
    public Multi<BisectFactResponse> bisectFact(BisectFactRequest request) {
        return bisection.bisect(request);
    }

    @Override
    public Uni<AliasMove> setAlias(SetAliasRequest request) {
        return promotion.set(request);
    }

    @Override
    public Uni<AliasMove> rollbackAlias(RollbackAliasRequest request) {
        return promotion.rollback(request);
    }

    @Override
    public Multi<AliasMove> watchAliases(WatchAliasesRequest request) {
        return aliases.watch(request);
    }

    @Override
    public Uni<ListAliasMovesResponse> listAliasMoves(ListAliasMovesRequest request) {
        return promotion.list(request);
    }

    @Override
    public Uni<Trial> createTrial(CreateTrialRequest request) {
        return trials.create(request);
    }

    @Override
    public Uni<Trial> getTrial(GetTrialRequest request) {
        return trials.get(request);
    }

    @Override
    public Uni<ListTrialsResponse> listTrials(ListTrialsRequest request) {
        return trials.list(request);
    }

    @Override
    public Uni<Trial> cancelTrial(CancelTrialRequest request) {
        return trials.cancel(request);
    }

    @Override
    public Uni<ListDriftMeasurementsResponse> listDriftMeasurements(ListDriftMeasurementsRequest request) {
        return drift.list(request);
    }

    @Override
    public Uni<Policy> setPolicy(SetPolicyRequest request) {
        return policies.set(request);
    }

    @Override
    public Uni<Policy> getPolicy(GetPolicyRequest request) {
        return policies.get(request);
    }

    @Override
    public Uni<ListPoliciesResponse> listPolicies(ListPoliciesRequest request) {
        return policies.list(request);
    }

    @Override
    public Uni<Screening> screenFacts(ScreenFactsRequest request) {
        return screening.screen(request);
    }

    @Override
    public Uni<Version> approveVersion(ApproveVersionRequest request) {
        return approvals.approve(request);
    }

    @Override
    public Uni<ListAuditEntriesResponse> listAuditEntries(ListAuditEntriesRequest request) {
        return audit.list(request);
    }

    @Override
    public Uni<VerifyAuditLogResponse> verifyAuditLog(VerifyAuditLogRequest request) {
        return audit.verify(request);
    }

    @Override
    public Multi<EraseFactResponse> eraseFact(EraseFactRequest request) {
        return erasure.erase(request);
    }

    @Override
    public Uni<Lineage> getLineage(GetLineageRequest request) {
        return lineage.lineage(request);
    }

    @Override
    public Uni<CollectGarbageResponse> collectGarbage(CollectGarbageRequest request) {
        return garbage.collect(request);
    }
}
