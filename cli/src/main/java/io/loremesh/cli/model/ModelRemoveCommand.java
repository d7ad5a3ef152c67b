package io.loremesh.cli.model;

import io.loremesh.cli.terminal.Failure;
import io.loremesh.cli.terminal.Terminal;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "remove",
        description = "Delete a base and its weights from this machine. A mesh that serves it must be stopped before.",
        footerHeading = "%nExample:%n",
        footer = {"  ./mesh model remove qwen"})
public final class ModelRemoveCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "Its name.")
    private String name;

    @Override
    public Integer call() {
        try {
            StoredModel model = ModelStore.local().remove(name);
            Terminal.standard().line("%s (%s) is gone", model.name(), ModelText.mebibytes(model.bytes()));
        } catch (IOException e) {
            throw new Failure("cannot remove %s: %s".formatted(name, e.getMessage()), e);
        }
        return 0;
    }
}
