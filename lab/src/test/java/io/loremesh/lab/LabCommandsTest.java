package io.loremesh.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.cli.Mesh;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class LabCommandsTest {

    @ParameterizedTest
    @ValueSource(strings = {"demo", "pretrain", "bench", "eval"})
    void meshFindsTheLabsCommandsAndEachHasHelpWithARealExample(String name) {
        CommandLine command = Mesh.commandLine().getSubcommands().get(name);

        assertThat(command.getUsageMessage())
                .contains("Example")
                .contains("./mesh " + name)
                .contains("--help");
        assertThat(Mesh.commandLine().parseArgs(name, "--help").subcommand().isUsageHelpRequested())
                .isTrue();
    }
}
