package io.loremesh.cli;

import io.grpc.StatusRuntimeException;
import io.loremesh.cli.ask.AskCommand;
import io.loremesh.cli.audit.AuditCommand;
import io.loremesh.cli.audit.EraseCommand;
import io.loremesh.cli.exchange.ExportCommand;
import io.loremesh.cli.exchange.GarbageCommand;
import io.loremesh.cli.exchange.ImportCommand;
import io.loremesh.cli.launch.StatusCommand;
import io.loremesh.cli.launch.UpCommand;
import io.loremesh.cli.model.ModelCommand;
import io.loremesh.cli.policy.ApproveCommand;
import io.loremesh.cli.policy.PolicyCommand;
import io.loremesh.cli.teach.TeachCommand;
import io.loremesh.cli.terminal.Failure;
import io.loremesh.cli.tune.TuneCommand;
import io.loremesh.cli.version.BisectCommand;
import io.loremesh.cli.version.BlameCommand;
import io.loremesh.cli.version.DiffCommand;
import io.loremesh.cli.version.DriftCommand;
import io.loremesh.cli.version.JudgeCommand;
import io.loremesh.cli.version.LineageCommand;
import io.loremesh.cli.version.PromoteCommand;
import io.loremesh.cli.version.RollbackCommand;
import io.loremesh.cli.version.TrialCommand;
import io.loremesh.cli.version.VersionsCommand;
import io.loremesh.infra.PortTakenException;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.OptionSpec;

@Command(
        name = "mesh",
        mixinStandardHelpOptions = true,
        version = "Loremesh 0.1.0-SNAPSHOT",
        description = "Keeps what a language model knows up to date, fast to answer and open to audit.",
        subcommands = {
            UpCommand.class,
            StatusCommand.class,
            TeachCommand.class,
            AskCommand.class,
            TuneCommand.class,
            VersionsCommand.class,
            DiffCommand.class,
            BlameCommand.class,
            BisectCommand.class,
            JudgeCommand.class,
            PromoteCommand.class,
            TrialCommand.class,
            RollbackCommand.class,
            DriftCommand.class,
            PolicyCommand.class,
            ApproveCommand.class,
            LineageCommand.class,
            AuditCommand.class,
            EraseCommand.class,
            ExportCommand.class,
            ImportCommand.class,
            GarbageCommand.class,
            ModelCommand.class
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  ./mesh demo --json demo.json",
            "",
            "The whole story in one go. `./mesh help COMMAND` tells more of each command."
        })
public final class Mesh {
    private Mesh() {}

    public static void main(String... args) {
        System.exit(commandLine().execute(args));
    }

    /** The command with all its subcommands, those that jars bring along among them. */
    public static CommandLine commandLine() {
        var commandLine = new CommandLine(new Mesh());
        ServiceLoader.load(CommandProvider.class).stream()
                .flatMap(provider -> provider.get().commands().stream())
                .forEach(commandLine::addSubcommand);
        commandLine.addSubcommand(CheckCommand.class).addSubcommand(HelpCommand.class);
        withHelpBelow(commandLine);
        return commandLine.setExecutionExceptionHandler((failure, command, parsed) -> explain(failure));
    }

    private static void withHelpBelow(CommandLine commandLine) {
        commandLine.getSubcommands().values().forEach(command -> {
            withHelp(command);
            withHelpBelow(command);
        });
    }

    /** Every command answers {@code --help}. */
    private static void withHelp(CommandLine command) {
        if (!(command.getCommand() instanceof HelpCommand)) {
            command.getCommandSpec()
                    .addOption(OptionSpec.builder("-h", "--help")
                            .usageHelp(true)
                            .description("Show this help and exit.")
                            .build());
        }
    }

    /** One message for what a person can act on; a stack trace only for a defect of ours. */
    private static int explain(Exception failure) throws Exception {
        switch (failure) {
            case Failure known -> System.err.println("mesh: " + known.getMessage());
            case PortTakenException taken -> System.err.println("mesh: " + taken.getMessage());
            case StatusRuntimeException refused -> System.err.println("mesh: " + explain(refused));
            default -> throw failure;
        }
        return 1;
    }

    private static String explain(StatusRuntimeException refused) {
        var status = refused.getStatus();
        String description = status.getDescription() == null ? "no reason given" : status.getDescription();
        return switch (status.getCode()) {
            case UNAVAILABLE ->
                "a service of the mesh does not answer (%s); `./mesh status` tells which, `./mesh up` starts it"
                        .formatted(description);
            case DEADLINE_EXCEEDED -> "a service of the mesh took too long: " + description;
            default -> "%s: %s".formatted(status.getCode(), description);
        };
    }
}
