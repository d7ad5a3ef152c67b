package io.loremesh.trainer.run;

import io.loremesh.trainer.publish.BaseModelFiles;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready as soon as runs can be asked for. A base, a registry or a Kafka that is missing refuses or fails single runs
 * with its name, and does not take the trainer out of service.
 */
@Readiness
@ApplicationScoped
public class TrainerReadiness implements HealthCheck {
    private final RunBoard board;
    private final BaseModelFiles base;

    TrainerReadiness(RunBoard board, BaseModelFiles base) {
        this.board = board;
        this.base = base;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("trainer")
                .withData("base", base.present() ? base.dir().toString() : "missing in " + base.dir())
                .withData(
                        "unfinishedRuns",
                        board.newestFirst().stream().filter(run -> !run.ended()).count())
                .up()
                .build();
    }
}
