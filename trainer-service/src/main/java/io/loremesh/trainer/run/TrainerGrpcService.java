package io.loremesh.trainer.run;

import io.grpc.ServerServiceDefinition;
import io.loremesh.door.MalformedMessages;
import io.loremesh.proto.trainer.v1.CancelRunRequest;
import io.loremesh.proto.trainer.v1.CreateRunRequest;
import io.loremesh.proto.trainer.v1.DatasetProblem;
import io.loremesh.proto.trainer.v1.GetRunRequest;
import io.loremesh.proto.trainer.v1.ListRunsRequest;
import io.loremesh.proto.trainer.v1.ListRunsResponse;
import io.loremesh.proto.trainer.v1.MutinyTrainerServiceGrpc;
import io.loremesh.proto.trainer.v1.ValidateDatasetRequest;
import io.loremesh.proto.trainer.v1.ValidateDatasetResponse;
import io.loremesh.proto.trainer.v1.WatchRunRequest;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** The trainer over gRPC. Errors are {@link TrainerErrors}' to tell. */
@GrpcService
public class TrainerGrpcService extends MutinyTrainerServiceGrpc.TrainerServiceImplBase {
    private final RunFlow flow;
    private final RunBoard board;

    TrainerGrpcService(RunFlow flow, RunBoard board) {
        this.flow = flow;
        this.board = board;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return MalformedMessages.refuse(super.bindService());
    }

    @Override
    @Blocking
    public Uni<io.loremesh.proto.trainer.v1.Run> createRun(CreateRunRequest request) {
        return Uni.createFrom().item(() -> RunMessages.of(flow.create(request)));
    }

    @Override
    public Uni<io.loremesh.proto.trainer.v1.Run> getRun(GetRunRequest request) {
        return Uni.createFrom().item(() -> RunMessages.of(board.get(request.getName())));
    }

    @Override
    public Uni<ListRunsResponse> listRuns(ListRunsRequest request) {
        return Uni.createFrom().item(() -> RunPage.of(board.newestFirst(), request));
    }

    @Override
    @Blocking
    public Uni<io.loremesh.proto.trainer.v1.Run> cancelRun(CancelRunRequest request) {
        return Uni.createFrom().deferred(() -> flow.cancel(request.getName())).map(RunMessages::of);
    }

    @Override
    public Multi<io.loremesh.proto.trainer.v1.Run> watchRun(WatchRunRequest request) {
        return Multi.createFrom().deferred(() -> board.watch(request.getName())).map(RunMessages::of);
    }

    @Override
    @Blocking
    public Uni<ValidateDatasetResponse> validateDataset(ValidateDatasetRequest request) {
        return Uni.createFrom().item(() -> {
            List<DatasetProblem> problems = DatasetCheck.problems(request.getFactsList());
            return ValidateDatasetResponse.newBuilder()
                    .addAllProblems(problems)
                    .setRowCount(problems.isEmpty() ? flow.rowCount(request.getFactsList()) : 0)
                    .build();
        });
    }
}
