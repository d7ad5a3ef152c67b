package io.loremesh.cli.model;

import io.loremesh.cli.terminal.Failure;
import io.loremesh.cli.terminal.Json;
import io.loremesh.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = "One base: digest, source, license, and the memory that serving it takes.",
        footerHeading = "%nExample:%n",
        footer = {"  ./mesh model show qwen"})
public final class ModelShowCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "Its name.")
    private String name;

    @Option(names = "--json", paramLabel = "FILE", description = "Write it to this file, too.")
    private Path json;

    @Override
    public Integer call() {
        try {
            StoredModel model = ModelStore.local().get(name);
            ModelText.print(model, Terminal.standard());
            if (json != null) {
                Json.write(json, model);
            }
        } catch (IOException e) {
            throw new Failure("cannot show %s: %s".formatted(name, e.getMessage()), e);
        }
        return 0;
    }
}
