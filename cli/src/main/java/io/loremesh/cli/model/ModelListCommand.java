package io.loremesh.cli.model;

import io.loremesh.cli.terminal.Failure;
import io.loremesh.cli.terminal.Table;
import io.loremesh.cli.terminal.Terminal;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "list",
        description = "The bases that were added here.",
        footerHeading = "%nExample:%n",
        footer = {"  ./mesh model list"})
public final class ModelListCommand implements Callable<Integer> {
    private static final int BRIEF = 19;

    @Override
    public Integer call() {
        var terminal = Terminal.standard();
        try {
            List<StoredModel> models = ModelStore.local().list();
            if (models.isEmpty()) {
                terminal.line("No model was added yet; `./mesh model add SOURCE` adds one.");
                return 0;
            }
            var table = new Table("NAME", "PARAMETERS", "MEMORY", "LICENSE", "DIGEST");
            models.forEach(model -> table.row(
                    model.name(),
                    ModelText.millions(model),
                    ModelText.mebibytes(model.servingBytes()),
                    model.license(),
                    model.digest().substring(0, BRIEF)));
            table.print(terminal);
        } catch (IOException e) {
            throw new Failure("cannot list the models: " + e.getMessage(), e);
        }
        return 0;
    }
}
