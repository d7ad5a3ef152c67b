package io.loremesh.cli;

import io.loremesh.cli.launch.MeshLayout;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Lives in the script, since it rebuilds the very jars that this class comes from; here for its help. */
@Command(
        name = "check",
        description = "Run what a change must pass: format, lints, all tests, kustomize build of every overlay.",
        footerHeading = "%nExample:%n",
        footer = {
            "  ./mesh check",
            "  ./mesh check --fuzz",
            "  ./mesh check --fuzz 50000",
            "",
            "The first is .ci/run. The others send a million inputs, or so many, to every parser, RPC and topic.",
            "Chromium (LOREMESH_CHROMIUM names it where it is not on the path) and kustomize are installed",
            "where that is possible; where it is not, the check fails and tells what is missing."
        })
final class CheckCommand implements Callable<Integer> {
    @Override
    public Integer call() throws IOException, InterruptedException {
        return new ProcessBuilder(MeshLayout.repository().resolve("mesh").toString(), "check")
                .inheritIO()
                .start()
                .waitFor();
    }
}
