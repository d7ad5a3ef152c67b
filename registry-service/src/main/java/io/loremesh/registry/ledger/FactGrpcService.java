package io.loremesh.registry.ledger;

import io.grpc.ServerServiceDefinition;
import io.loremesh.door.MalformedMessages;
import io.loremesh.proto.registry.v1.FactHistory;
import io.loremesh.proto.registry.v1.GetFactHistoryRequest;
import io.loremesh.proto.registry.v1.ListFactsRequest;
import io.loremesh.proto.registry.v1.ListFactsResponse;
import io.loremesh.proto.registry.v1.ListLedgerEntriesRequest;
import io.loremesh.proto.registry.v1.ListLedgerEntriesResponse;
import io.loremesh.proto.registry.v1.MutinyFactServiceGrpc;
import io.loremesh.proto.registry.v1.RecordFactsRequest;
import io.loremesh.proto.registry.v1.RecordFactsResponse;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/** The contract of this step over gRPC. */
@GrpcService
class FactGrpcService extends MutinyFactServiceGrpc.FactServiceImplBase {
    private final FactLedger ledger;
    private final LedgerReader reader;

    FactGrpcService(FactLedger ledger, LedgerReader reader) {
        this.ledger = ledger;
        this.reader = reader;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return MalformedMessages.refuse(super.bindService());
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
}
