package io.loremesh.lab.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.cli.ask.Asking;
import io.loremesh.cli.connect.MeshAddress;
import io.loremesh.cli.connect.MeshClients;
import io.loremesh.cli.launch.MeshLayout;
import io.loremesh.cli.launch.Ports;
import io.loremesh.cli.launch.RunningMesh;
import io.loremesh.cli.teach.KnowledgePublisher;
import io.loremesh.cli.teach.RecordedFacts;
import io.loremesh.cli.teach.Scenario;
import io.loremesh.cli.teach.ScenarioFact;
import io.loremesh.cli.teach.TeachCommand;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.cli.tune.TuningRun;
import io.loremesh.cli.version.VersionJudgement;
import io.loremesh.proto.generator.v1.Answer;
import io.loremesh.proto.generator.v1.GenerateAnswerRequest;
import io.loremesh.proto.registry.v1.Decision;
import io.loremesh.proto.registry.v1.Version;
import io.loremesh.proto.trainer.v1.CreateRunRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A whole mesh (the four services as they are packaged, PostgreSQL, Kafka) on ports of its own, and the steps by which
 * it comes to know the family of {@code examples/family.en.json}.
 */
final class FamilyMesh implements AutoCloseable {
    static final String MODEL = "models/demo";

    private final Terminal terminal = Terminal.standard();
    private final Scenario family;
    private final RunningMesh mesh;
    private final MeshClients clients;
    private final KnowledgePublisher publisher;

    private FamilyMesh(Path directory) throws IOException, InterruptedException {
        Path root = MeshLayout.repository();
        family = Scenario.read(root.resolve("examples/family.en.json"));
        mesh = Ports.onFree(address -> RunningMesh.start(new MeshLayout(root, directory, address), terminal));
        clients = new MeshClients(mesh.address());
        publisher = new KnowledgePublisher(mesh.address(), "/journey");
    }

    /** Starts it, on what an earlier one left in the directory. */
    static FamilyMesh start(Path directory) {
        try {
            return new FamilyMesh(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("no mesh in " + directory, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a mesh started in " + directory, e);
        }
    }

    MeshAddress address() {
        return mesh.address();
    }

    MeshClients clients() {
        return clients;
    }

    Scenario family() {
        return family;
    }

    /** Returns when the retriever finds and the registry has recorded all. */
    void teach() throws InterruptedException {
        TeachCommand.awaitIndexed(clients, publisher.publish(family.lessons()));
        RecordedFacts.await(clients, family.facts().stream().map(this::name).collect(Collectors.toSet()));
    }

    /** Publishes what has changed in the family, and waits for nothing. */
    void correct() throws InterruptedException {
        publisher.publish(family.updateLessons());
    }

    /** A version that was trained on these facts and accepted by the gates; it is not active yet. */
    Version tune(List<ScenarioFact> facts) {
        var request = CreateRunRequest.newBuilder()
                .setModel(MODEL)
                .addAllFacts(facts.stream().map(this::name).toList())
                .build();
        TuningRun run = TuningRun.complete(clients, request, terminal);
        Version version = VersionJudgement.of(clients, run.run().getVersion(), family.unknowable(), terminal);
        assertThat(version.getVerdict().getDecision())
                .as("%s", version.getVerdict())
                .isEqualTo(Decision.DECISION_ACCEPTED);
        return version;
    }

    /** {@code facts/{fact}}. */
    String name(ScenarioFact fact) {
        return fact.toFact(family.language()).getName();
    }

    Answer ask(String question) {
        return ask(GenerateAnswerRequest.newBuilder().setQuestion(question).build());
    }

    Answer ask(GenerateAnswerRequest request) {
        return Asking.ask(clients.generator(), request, delta -> {}).answer();
    }

    @Override
    public void close() {
        publisher.close();
        clients.close();
        mesh.close();
    }
}
