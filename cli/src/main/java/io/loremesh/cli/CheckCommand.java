package io.loremesh.cli;

import io.loremesh.cli.launch.MeshLayout;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Lives in the script, since it rebuilds the very jars that this class comes from; here for its help. */
@Command(
        name = "check",
        description =
                "Run what a change must pass: format, lint of the protos, all tests, kustomize build of every overlay.",
        footerHeading = "%nExample:%n",
        footer = {"  ./mesh check", "", "The same as .ci/run."})
final class CheckCommand implements Callable<Integer> {
    @Override
    public Integer call() throws IOException, InterruptedException {
        return new ProcessBuilder(MeshLayout.repository().resolve("mesh").toString(), "check")
                .inheritIO()
                .start()
                .waitFor();
    }
}
