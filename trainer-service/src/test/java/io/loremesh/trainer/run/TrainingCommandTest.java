package io.loremesh.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrainingCommandTest {
    @Test
    void thePackagedServiceStartsItsTrainingFromItsOwnJars() {
        assertThat(TrainingCommand.expanded("/opt/trainer/quarkus-run.jar"))
                .isEqualTo("/opt/trainer/app/*:/opt/trainer/lib/main/*:/opt/trainer/lib/boot/*");
    }

    @Test
    void theJarsOfPracticesComeAfterTheServicesOwn() {
        assertThat(TrainingCommand.with(Optional.of("/opt/lab.jar"), "/opt/trainer/app/*"))
                .isEqualTo("/opt/trainer/app/*:/opt/lab.jar");
        assertThat(TrainingCommand.with(Optional.empty(), "/opt/trainer/app/*")).isEqualTo("/opt/trainer/app/*");
    }

    @Test
    void anyOtherClassPathIsTakenAsItIs() {
        assertThat(TrainingCommand.expanded("target/classes:lib/a.jar")).isEqualTo("target/classes:lib/a.jar");
    }
}
