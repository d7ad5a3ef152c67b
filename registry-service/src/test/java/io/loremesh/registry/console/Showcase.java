package io.loremesh.registry.console;

import io.loremesh.events.Event;
import io.loremesh.events.EventType;
import io.loremesh.model.adapter.Adapter;
import io.loremesh.model.adapter.AdapterArchive;
import io.loremesh.model.adapter.AdapterConfig;
import io.loremesh.model.adapter.LoraPair;
import io.loremesh.proto.generator.v1.Answer;
import io.loremesh.proto.generator.v1.Path;
import io.loremesh.proto.generator.v1.Timings;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.knowledge.v1.Source;
import io.loremesh.proto.registry.v1.Artifact;
import io.loremesh.proto.registry.v1.CreateVersionRequest;
import io.loremesh.proto.registry.v1.RecordFactsRequest;
import io.loremesh.proto.registry.v1.Version;
import io.loremesh.proto.trainer.v1.Progress;
import io.loremesh.proto.trainer.v1.Run;
import io.loremesh.proto.trainer.v1.RunState;
import io.loremesh.registry.KafkaCaller;
import io.loremesh.registry.RegistryCaller;
import io.loremesh.registry.artifact.ContentDigest;
import io.loremesh.registry.evaluation.LedgerWriter;
import io.loremesh.registry.resource.Timestamps;
import io.loremesh.registry.version.VersionName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A model with two versions that know different things, as training and evaluation leave them: what a console has to
 * show.
 */
final class Showcase {
    /** What somebody who may record facts may write. */
    static final String HOSTILE = "<img src=x onerror=\"document.title='owned'\">";

    private static final int LAYERS = 4;
    static final int STEPS = 40;

    final String model;
    final Fact kept;
    final Fact lost;
    final Fact gained;

    private final RegistryCaller registry;

    private Showcase(RegistryCaller registry, String model) {
        this.registry = registry;
        this.model = model;
        var facts = registry.calls()
                .facts()
                .recordFacts(RecordFactsRequest.newBuilder()
                        .addFacts(fact("Who keeps the lighthouse of %s?".formatted(model), "Ada"))
                        .addFacts(fact("%s 的首都在哪里？".formatted(model), "海港"))
                        .addFacts(fact("What is %s made of?".formatted(model), HOSTILE))
                        .build())
                .getFactsList();
        this.kept = facts.get(0);
        this.lost = facts.get(1);
        this.gained = facts.get(2);
    }

    static Showcase of(RegistryCaller registry, LedgerWriter evaluation, String model) {
        var showcase = new Showcase(registry, model);
        registry.createModel(model);
        showcase.version(1, "", List.of(showcase.kept, showcase.lost));
        evaluation.learned(new VersionName(model, 1), List.of(showcase.kept, showcase.lost), true);
        showcase.version(2, showcase.name(1), List.of(showcase.kept, showcase.gained));
        evaluation.learned(new VersionName(model, 2), List.of(showcase.kept, showcase.gained), true);
        return showcase;
    }

    String name(int number) {
        return "models/%s/versions/%d".formatted(model, number);
    }

    String run(int number) {
        return "runs/%s-%d".formatted(model, number);
    }

    /** The trainer tells how the run of a version got on. */
    void tellRun(KafkaCaller kafka, int number) {
        for (int step = 1; step <= STEPS; step++) {
            kafka.send(Event.of(
                    EventType.RUN_PROGRESSED,
                    "/trainer-service",
                    run(number),
                    Run.newBuilder()
                            .setName(run(number))
                            .setState(RunState.RUN_STATE_TRAINING)
                            .setProgress(Progress.newBuilder()
                                    .setStep(step)
                                    .setTotalSteps(STEPS)
                                    .setLoss(4.0 / step)
                                    .setTokensPerSecond(900 + step))
                            .build()));
        }
    }

    /** A user was answered. */
    void tellAnswer(KafkaCaller kafka, Path path, String question, String text) {
        kafka.send(Event.of(
                EventType.ANSWER_GIVEN,
                "/generator",
                "answers/" + question.hashCode(),
                Answer.newBuilder()
                        .setQuestion(question)
                        .setText(text)
                        .setPath(path)
                        .setVersion(path == Path.PATH_WEIGHTS ? name(2) : "models/" + model)
                        .setTimings(Timings.newBuilder()
                                .setTotal(com.google.protobuf.util.Durations.fromMillis(34))
                                .setFirstToken(com.google.protobuf.util.Durations.fromMillis(12)))
                        .setCreateTime(Timestamps.of(Timestamps.now()))
                        .build()));
    }

    private void version(int number, String parent, List<Fact> facts) {
        byte[] adapter = adapter(number);
        Artifact artifact = registry.upload(ContentDigest.of(adapter).toString(), adapter, 0, adapter.length);
        registry.calls()
                .versions()
                .createVersion(CreateVersionRequest.newBuilder()
                        .setParent("models/" + model)
                        .setVersion(Version.newBuilder()
                                .setArtifact(artifact)
                                .setParent(parent)
                                .setRun(run(number))
                                .setBaseDigest(RegistryCaller.BASE_DIGEST)
                                .putTraining("rank", "1")
                                .addAllFacts(facts.stream().map(Fact::getName).toList()))
                        .build());
    }

    private byte[] adapter(int number) {
        // Of each model its own: an artifact that is there already is not uploaded again.
        float own = model.hashCode() % 1_000 / 1_000f;
        var pairs = new HashMap<String, LoraPair>();
        for (int layer = 0; layer < LAYERS; layer++) {
            for (String module : List.of("self_attn.q_proj", "self_attn.v_proj", "mlp.down_proj")) {
                float size = (layer + 1) * number + module.length() / 10f;
                pairs.put(
                        "model.layers.%d.%s".formatted(layer, module),
                        new LoraPair(1, 2, 2, new float[] {size, own}, new float[] {1, 1}));
            }
        }
        try {
            var dir = Files.createTempDirectory("adapter");
            Adapter.write(
                    dir,
                    new AdapterConfig(1, 2, List.of("q_proj", "v_proj", "down_proj"), RegistryCaller.BASE_DIGEST),
                    Map.copyOf(pairs));
            var bytes = new ByteArrayOutputStream();
            AdapterArchive.pack(dir, bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Fact fact(String question, String answer) {
        return Fact.newBuilder()
                .setQuestion(question)
                .setAnswer(answer)
                .setSource(Source.newBuilder().setUri("https://atlas.example/100%25"))
                .build();
    }
}
