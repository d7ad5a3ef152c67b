package io.loremesh.cli.exchange;

import io.loremesh.cli.connect.AddressOptions;
import io.loremesh.cli.connect.MeshClients;
import io.loremesh.cli.connect.VersionNames;
import io.loremesh.cli.terminal.Failure;
import io.loremesh.cli.terminal.FileTree;
import io.loremesh.cli.terminal.Json;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.cli.version.WholeDiff;
import io.loremesh.model.adapter.AdapterArchive;
import io.loremesh.proto.registry.v1.GetLineageRequest;
import io.loremesh.proto.registry.v1.KnowledgeDiff;
import io.loremesh.proto.registry.v1.Lineage;
import io.loremesh.proto.registry.v1.Version;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        description = "Write a version for other tools: the adapter, what it changes, where it comes from.",
        footerHeading = "%nExample:%n",
        footer = {
            "  ./mesh export v3 out/demo-v3",
            "  ./mesh export v3 out/demo-v3-oci --as oci && skopeo copy oci:out/demo-v3-oci:v3 "
                    + "docker://HOST/models/demo:v3",
            "",
            "huggingface: DIR holds adapter_config.json, adapter_model.safetensors (PEFT), "
                    + "README.md (the model card) and",
            "lineage.json. oci: DIR is an OCI image layout of the same files with ModelPack's media types."
        })
public final class ExportCommand implements Callable<Integer> {
    /** Layouts that other tools read. */
    enum Layout {
        huggingface,
        oci
    }

    @Mixin
    private AddressOptions options;

    @Parameters(index = "0", paramLabel = "VERSION", description = "v3, or an alias.")
    private String version;

    @Parameters(index = "1", paramLabel = "DIR", description = "Where to; must not exist, or be empty.")
    private Path dir;

    @Option(
            names = "--as",
            defaultValue = "huggingface",
            description = "${COMPLETION-CANDIDATES} (default: huggingface).")
    private Layout layout;

    @Override
    public Integer call() {
        try (var clients = options.connect()) {
            Lineage lineage = clients.registry()
                    .lineage()
                    .getLineage(GetLineageRequest.newBuilder()
                            .setVersion(VersionNames.resolve(options.model(), version))
                            .build());
            requireEmpty(dir);
            Files.createDirectories(dir);
            switch (layout) {
                case huggingface -> writeFiles(clients, lineage, dir);
                case oci -> writeOci(clients, lineage);
            }
            Terminal.standard()
                    .line("%s is in %s", VersionNames.brief(lineage.getVersion().getName()), dir);
        } catch (IOException e) {
            throw new Failure("cannot write %s: %s".formatted(dir, e.getMessage()), e);
        }
        return 0;
    }

    private void writeOci(MeshClients clients, Lineage lineage) throws IOException {
        Path files = Files.createDirectory(dir.resolve("files.part"));
        try {
            writeFiles(clients, lineage, files);
            new OciLayout(dir).write(files, lineage);
        } finally {
            FileTree.delete(files);
        }
    }

    private void writeFiles(MeshClients clients, Lineage lineage, Path dir) throws IOException {
        Version exported = lineage.getVersion();
        Path archive = dir.resolve("adapter.tar.part");
        try {
            ArtifactTransfer.download(clients, exported.getArtifact(), archive);
            try (InputStream in = Files.newInputStream(archive)) {
                AdapterArchive.unpack(in, dir);
            }
        } finally {
            Files.deleteIfExists(archive);
        }
        KnowledgeDiff diff = WholeDiff.between(
                clients, exported.getParent().isEmpty() ? options.model() : exported.getParent(), exported.getName());
        Files.writeString(dir.resolve("README.md"), new ModelCard(lineage, diff).text());
        Json.write(dir.resolve("lineage.json"), lineage);
    }

    private static void requireEmpty(Path dir) throws IOException {
        if (!Files.exists(dir)) {
            return;
        }
        try (Stream<Path> files = Files.list(dir)) {
            if (files.findAny().isPresent()) {
                throw new Failure("%s is not empty; name a directory that does not exist yet".formatted(dir));
            }
        }
    }
}
