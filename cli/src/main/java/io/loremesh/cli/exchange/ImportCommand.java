package io.loremesh.cli.exchange;

import io.loremesh.cli.connect.AddressOptions;
import io.loremesh.cli.connect.MeshClients;
import io.loremesh.cli.connect.VersionNames;
import io.loremesh.cli.launch.MeshLayout;
import io.loremesh.cli.terminal.Failure;
import io.loremesh.cli.terminal.FileTree;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.cli.version.Promotion;
import io.loremesh.model.adapter.AdapterArchive;
import io.loremesh.model.adapter.AdapterConfig;
import io.loremesh.model.checkpoint.Checkpoint;
import io.loremesh.model.checkpoint.ModelFormatException;
import io.loremesh.model.checkpoint.ParameterShapes;
import io.loremesh.proto.registry.v1.Artifact;
import io.loremesh.proto.registry.v1.BaseModel;
import io.loremesh.proto.registry.v1.CreateBaseModelRequest;
import io.loremesh.proto.registry.v1.CreateVersionRequest;
import io.loremesh.proto.registry.v1.Version;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        description = "Register a PEFT adapter from outside as a version, once it is found to fit the base.",
        footerHeading = "%nExample:%n",
        footer = {
            "  ./mesh import out/demo-v3",
            "  ./mesh import adapter --fact facts/5f…   (the gates judge by the facts that it names)"
        })
public final class ImportCommand implements Callable<Integer> {
    @Mixin
    private AddressOptions options;

    @Parameters(paramLabel = "DIR", description = "Holds adapter_config.json and adapter_model.safetensors.")
    private Path dir;

    @Option(
            names = "--base",
            paramLabel = "DIR",
            description = "The base's checkpoint, to compare shapes with (default: models/demo of this repository).")
    private Path baseDir = MeshLayout.repository().resolve("models/demo");

    @Option(names = "--fact", description = "Fact that it was trained on, facts/{fact}; may be repeated.")
    private List<String> facts = List.of();

    @Override
    public Integer call() {
        ForeignAdapter foreign = ForeignAdapter.open(dir);
        try (var clients = options.connect();
                Checkpoint base = checkpoint()) {
            Path work = Files.createTempDirectory("mesh-import");
            try {
                bringIn(clients, base, foreign, work);
            } finally {
                FileTree.delete(work);
            }
        } catch (IOException e) {
            throw new Failure("cannot import %s: %s".formatted(dir, e.getMessage()), e);
        }
        return 0;
    }

    private void bringIn(MeshClients clients, Checkpoint base, ForeignAdapter foreign, Path work) throws IOException {
        Path fitting = foreign.writeFor(base, work.resolve("adapter"));
        Version version = register(clients, base, fitting, foreign);
        String brief = VersionNames.brief(version.getName());
        Terminal.standard()
                .line("%s is %s; `./mesh promote %s --wait` has it judged and makes it active", dir, brief, brief);
    }

    private Checkpoint checkpoint() throws IOException {
        try {
            return Checkpoint.open(baseDir);
        } catch (ModelFormatException e) {
            throw new Failure("%s is no base to compare with: %s".formatted(baseDir, e.getMessage()), e);
        }
    }

    private Version register(MeshClients clients, Checkpoint base, Path fitting, ForeignAdapter foreign)
            throws IOException {
        // The same base is registered once; another one under this name is refused.
        clients.registry().baseModels().createBaseModel(baseModel(base));
        Path archive = fitting.resolveSibling("adapter.tar");
        try (OutputStream out = Files.newOutputStream(archive)) {
            AdapterArchive.pack(fitting, out);
        }
        Artifact artifact = ArtifactTransfer.upload(clients, archive, AdapterArchive.MEDIA_TYPE);
        AdapterConfig config = foreign.adapter().config();
        return clients.registry()
                .versions()
                .createVersion(CreateVersionRequest.newBuilder()
                        .setParent(options.model())
                        .setActor(Promotion.actor())
                        .setVersion(Version.newBuilder()
                                .setBaseDigest(base.digest())
                                .setArtifact(artifact)
                                .addAllFacts(facts)
                                .putTraining("technique", "imported lora")
                                .putTraining("rank", Integer.toString(config.rank()))
                                .putTraining("alpha", Double.toString(config.alpha()))
                                .putTraining(
                                        "imported_digest", foreign.adapter().digest())
                                .putTraining("imported_base", foreign.toldBase()))
                        .build());
    }

    private CreateBaseModelRequest baseModel(Checkpoint base) {
        long parameters = ParameterShapes.of(base.config()).values().stream()
                .mapToLong(shape -> Arrays.stream(shape).reduce(1, Math::multiplyExact))
                .sum();
        return CreateBaseModelRequest.newBuilder()
                .setBaseModelId(options.model().replaceFirst("^models/", ""))
                .setBaseModel(BaseModel.newBuilder()
                        .setDigest(base.digest())
                        .setArchitecture(base.config().architecture())
                        .setParameterCount(parameters))
                .build();
    }
}
