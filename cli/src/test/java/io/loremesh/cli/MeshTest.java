package io.loremesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class MeshTest {
    static Stream<String> commands() {
        return Mesh.commandLine().getSubcommands().keySet().stream().filter(name -> !name.equals("help"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasHelpWithARealExample(String name) {
        CommandLine command = Mesh.commandLine().getSubcommands().get(name);

        assertThat(command.getUsageMessage())
                .contains("Example")
                .contains("./mesh " + name)
                .contains("--help");
        assertThat(Mesh.commandLine().parseArgs(name, "--help").subcommand().isUsageHelpRequested())
                .isTrue();
    }

    @Test
    void everyCommandOfTheIssueIsThere() {
        assertThat(commands())
                .contains("up", "status", "teach", "ask", "tune", "versions", "diff", "promote", "rollback", "check");
    }
}
