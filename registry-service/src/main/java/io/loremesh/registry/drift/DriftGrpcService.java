package io.loremesh.registry.drift;

import io.grpc.ServerServiceDefinition;
import io.loremesh.door.MalformedMessages;
import io.loremesh.proto.registry.v1.ListDriftMeasurementsRequest;
import io.loremesh.proto.registry.v1.ListDriftMeasurementsResponse;
import io.loremesh.proto.registry.v1.MutinyDriftServiceGrpc;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/** The contract of this step over gRPC. */
@GrpcService
class DriftGrpcService extends MutinyDriftServiceGrpc.DriftServiceImplBase {
    private final DriftRecords drift;

    DriftGrpcService(DriftRecords drift) {
        this.drift = drift;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return MalformedMessages.refuse(super.bindService());
    }

    @Override
    public Uni<ListDriftMeasurementsResponse> listDriftMeasurements(ListDriftMeasurementsRequest request) {
        return drift.list(request);
    }
}
