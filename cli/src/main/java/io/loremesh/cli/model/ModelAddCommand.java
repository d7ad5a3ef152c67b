package io.loremesh.cli.model;

import io.loremesh.cli.terminal.Failure;
import io.loremesh.cli.terminal.ProgressBar;
import io.loremesh.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "add",
        description = "Take a base in: a GGUF file, which is converted, or a Hugging Face checkpoint directory.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./mesh model add SmolLM2-135M-Instruct.Q4_1.gguf --name smollm2",
            "  ./mesh model add ~/checkpoints/Qwen2.5-0.5B-Instruct"
        })
public final class ModelAddCommand implements Callable<Integer> {
    private static final int STEPS = 1000;
    private static final int LINES = 4;

    @Parameters(paramLabel = "SOURCE", description = "Path of the file or directory.")
    private Path source;

    @Option(names = "--name", description = "What to call it (default: from the source's name).")
    private String name;

    @Override
    public Integer call() {
        var terminal = Terminal.standard();
        var bar = new ProgressBar(terminal, LINES);
        try {
            StoredModel model = ModelStore.local()
                    .add(
                            source,
                            name == null ? nameOf(source) : name,
                            share -> bar.show(Math.round(share * STEPS), STEPS, "weights"));
            bar.end();
            ModelText.print(model, terminal);
            terminal.line("Serve it with `./mesh up --model %s`", model.name());
        } catch (IOException e) {
            throw new Failure("cannot add %s: %s".formatted(source, e.getMessage()), e);
        }
        return 0;
    }

    static String nameOf(Path source) {
        String file =
                source.toAbsolutePath().normalize().getFileName().toString().toLowerCase(Locale.ROOT);
        return file.replaceFirst("\\.gguf$", "").replaceAll("[^a-z0-9._-]", "-");
    }
}
