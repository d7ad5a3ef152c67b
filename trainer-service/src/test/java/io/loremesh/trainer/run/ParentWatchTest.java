package io.loremesh.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.model.TinyBase;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ParentWatchTest {
    @TempDir
    Path dir;

    @Test
    void theTrainingProcessEndsWhenItsParentsEndOfThePipeCloses() throws Exception {
        TinyBase.write(dir, TinyBase.CONFIG, 1);
        Path spec = Files.writeString(dir.resolve("spec.json"), "{\"facts\":[{\"answer\":\"wait\"}]}");
        TrainingCommand command =
                new TrainingCommand(System.getProperty("java.class.path"), ScriptedTraining.class.getName(), "64m");
        Process process = new ProcessBuilder(command.arguments(spec)).start();
        BufferedReader out = process.inputReader();
        while (!out.readLine().contains("\"step\":2")) {
            assertThat(process.isAlive()).isTrue();
        }

        process.getOutputStream().close();

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(ParentWatch.PARENT_GONE);
    }
}
