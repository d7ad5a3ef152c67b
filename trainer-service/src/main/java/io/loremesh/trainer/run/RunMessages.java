package io.loremesh.trainer.run;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import io.loremesh.proto.trainer.v1.Hyperparameters;
import io.loremesh.proto.trainer.v1.KeptOutFact;
import io.loremesh.proto.trainer.v1.Progress;
import io.loremesh.proto.trainer.v1.Technique;
import java.time.Instant;

/** Runs as the contract shows them. */
final class RunMessages {
    private RunMessages() {}

    static io.loremesh.proto.trainer.v1.Run of(Run run) {
        var message = io.loremesh.proto.trainer.v1.Run.newBuilder()
                .setName(run.name())
                .setState(state(run.state()))
                .setModel(run.model())
                .setParent(run.parent())
                .addAllFacts(run.facts())
                .setTechnique(Technique.TECHNIQUE_LORA)
                .setHyperparameters(hyperparameters(run.settings()))
                .setCreateTime(timestamp(run.createTime()))
                .addAllKeptOut(run.keptOut().stream().map(RunMessages::keptOut).toList());
        run.state().progress().map(RunMessages::progress).ifPresent(message::setProgress);
        switch (run.state()) {
            case RunState.Live _ -> {}
            case RunState.Succeeded end -> message.setVersion(end.version()).setEndTime(timestamp(end.endTime()));
            case RunState.Failed end -> message.setReason(end.reason()).setEndTime(timestamp(end.endTime()));
            case RunState.Cancelled end -> message.setReason(end.reason()).setEndTime(timestamp(end.endTime()));
        }
        return message.build();
    }

    static io.loremesh.proto.trainer.v1.RunState state(RunState state) {
        return switch (state) {
            case RunState.Queued _ -> io.loremesh.proto.trainer.v1.RunState.RUN_STATE_QUEUED;
            case RunState.Preparing _ -> io.loremesh.proto.trainer.v1.RunState.RUN_STATE_PREPARING;
            case RunState.Training _ -> io.loremesh.proto.trainer.v1.RunState.RUN_STATE_TRAINING;
            case RunState.Publishing _ -> io.loremesh.proto.trainer.v1.RunState.RUN_STATE_PUBLISHING;
            case RunState.Succeeded _ -> io.loremesh.proto.trainer.v1.RunState.RUN_STATE_SUCCEEDED;
            case RunState.Failed _ -> io.loremesh.proto.trainer.v1.RunState.RUN_STATE_FAILED;
            case RunState.Cancelled _ -> io.loremesh.proto.trainer.v1.RunState.RUN_STATE_CANCELLED;
        };
    }

    private static KeptOutFact keptOut(KeptOut fact) {
        return KeptOutFact.newBuilder()
                .setFact(fact.fact())
                .addAllReasons(fact.reasons())
                .build();
    }

    private static Hyperparameters hyperparameters(RunSettings settings) {
        return Hyperparameters.newBuilder()
                .setRank(settings.rank())
                .setAlpha(settings.alpha())
                .setLearningRate(settings.learningRate())
                .setMaxSteps(settings.maxSteps())
                .setSeed(settings.seed())
                .build();
    }

    private static Progress progress(TrainingProgress progress) {
        return Progress.newBuilder()
                .setStep(progress.step())
                .setTotalSteps(progress.totalSteps())
                .setLoss(progress.loss())
                .setTokensPerSecond(progress.tokensPerSecond())
                .setEta(Durations.fromMillis(progress.eta().toMillis()))
                .build();
    }

    private static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }
}
