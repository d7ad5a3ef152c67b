package io.loremesh.lab.eval;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loremesh.cli.terminal.Failure;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EvalCommandTest {
    @Test
    void anUnknownSuiteIsNamedWithTheOneThereIs() {
        assertThatThrownBy(() -> eval("--suite", "mesh"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("'mesh'")
                .hasMessageContaining("--suite base");
    }

    @Test
    void aDirectoryWithoutACheckpointIsNamed(@TempDir Path empty) {
        assertThatThrownBy(() -> eval("--suite", "base", "--model", empty.toString()))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(empty.toString())
                .hasMessageContaining("config.json");
    }

    @Test
    void noQuestionsAreRefused() {
        assertThatThrownBy(() -> eval("--suite", "base", "--n", "0"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("--n 0");
    }

    @Test
    void countsBelowNoughtAreRefused() {
        assertThatThrownBy(() -> eval("--suite", "base", "--injections", "10,-1"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("-1");
    }

    private static void eval(String... arguments) throws Exception {
        CommandLine.populateCommand(new EvalCommand(), arguments).call();
    }
}
