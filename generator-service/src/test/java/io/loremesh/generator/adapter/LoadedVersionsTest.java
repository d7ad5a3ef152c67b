package io.loremesh.generator.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loremesh.generator.base.BaseConfig;
import io.loremesh.generator.base.InferenceConfig;
import io.loremesh.generator.base.ServedBase;
import io.loremesh.generator.inference.RandomAdapter;
import io.loremesh.generator.registry.RegistryClient;
import io.loremesh.generator.routing.KnownFactsLoader;
import io.loremesh.model.TinyBase;
import io.loremesh.model.adapter.AdapterArchive;
import io.loremesh.model.checkpoint.Checkpoint;
import io.loremesh.model.checkpoint.ModelFormatException;
import io.loremesh.model.checkpoint.ParameterShapes;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.AliasMove;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LoadedVersionsTest {
    private static final String BASE = "models/demo";
    private static final String V1 = BASE + "/versions/1";
    private static final String V2 = BASE + "/versions/2";

    @TempDir
    Path dir;

    private StandInRegistry registry;
    private ServedBase base;
    private BaseConfig config;
    private LoadedVersions versions;

    @BeforeEach
    void open() throws Exception {
        Path model = TinyBase.write(Files.createDirectory(dir.resolve("base")), TinyBase.CONFIG, 3);
        SmallRyeConfig settings = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(BaseConfig.class)
                .withMapping(InferenceConfig.class)
                .withDefaultValues(Map.of(
                        "loremesh.model-dir",
                        model.toString(),
                        "loremesh.data-dir",
                        dir.resolve("data").toString(),
                        "loremesh.download-patience",
                        "3s",
                        "loremesh.inference.drain",
                        "5s"))
                .withConverter(Duration.class, 200, text -> Duration.ofSeconds(Long.parseLong(text.replace("s", ""))))
                .build();
        config = settings.getConfigMapping(BaseConfig.class);
        base = new ServedBase(config, settings.getConfigMapping(InferenceConfig.class));
        registry = new StandInRegistry();
        RegistryClient client = registry.client();
        versions = new LoadedVersions(
                base, config, client, new AdapterStore(client, config), new KnownFactsLoader(client));
    }

    @AfterEach
    void close() {
        registry.close();
        base.get().engine().close();
        base.get().checkpoint().close();
    }

    @Test
    void aLoadedVersionHasItsDigestAndKnowsWhatItLearned() throws Exception {
        byte[] archive = adapterOf(base.get().checkpoint(), 1);
        registry.put(V1, StandInRegistry.digest(archive), archive, fact("木器店几点开门？", "九点"));

        versions.load(V1);

        try (VersionLease lease = versions.acquire(V1)) {
            assertThat(lease.version().digest()).isEqualTo(StandInRegistry.digest(archive));
            assertThat(lease.version().facts().find("木器店几点开门？")).isPresent();
        }
        assertThat(versions.list())
                .extracting(status -> status.version().name())
                .containsExactly(BASE, V1);
    }

    @Test
    void promotionMidAnswerLeavesThatAnswerUnchanged() throws Exception {
        byte[] archive = adapterOf(base.get().checkpoint(), 1);
        registry.put(V1, StandInRegistry.digest(archive), archive);

        try (VersionLease before = versions.acquire("")) {
            versions.activate(V1);

            assertThat(before.version().name()).isEqualTo(BASE);
            try (VersionLease after = versions.acquire("")) {
                assertThat(after.version().name()).isEqualTo(V1);
            }
            assertThat(versions.list().getFirst().requests()).isEqualTo(1);
        }
        assertThat(versions.list().getFirst().requests()).isZero();
    }

    @Test
    void bytesOfAnotherDigestAreRefusedAndNothingOfThemIsKept() throws Exception {
        byte[] archive = adapterOf(base.get().checkpoint(), 1);
        registry.put(V1, StandInRegistry.digest("other".getBytes()), archive);

        assertThatThrownBy(() -> versions.load(V1)).isInstanceOf(ArtifactCorruptException.class);

        assertThat(dir.resolve("data/adapters")).isEmptyDirectory();
        assertThatThrownBy(() -> versions.acquire(V1)).isInstanceOf(VersionNotLoadedException.class);
    }

    @Test
    void anAdapterOfAnotherBaseIsRefused() throws Exception {
        Path other = TinyBase.write(Files.createDirectory(dir.resolve("other")), TinyBase.CONFIG, 4);
        try (Checkpoint stranger = Checkpoint.open(other)) {
            byte[] archive = adapterOf(stranger, 1);
            registry.put(V1, StandInRegistry.digest(archive), archive);

            assertThatThrownBy(() -> versions.load(V1))
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessageContaining(stranger.digest());
        }
    }

    @Test
    void theActiveVersionStaysAndAnotherMayGo() throws Exception {
        byte[] archive = adapterOf(base.get().checkpoint(), 1);
        registry.put(V1, StandInRegistry.digest(archive), archive);
        versions.activate(V1);
        assertThatThrownBy(() -> versions.unload(V1)).isInstanceOf(ActiveVersionException.class);

        versions.activate("");
        versions.unload(V1);

        assertThatThrownBy(() -> versions.acquire(V1)).isInstanceOf(VersionNotLoadedException.class);
    }

    @Test
    void theAliasIsFollowedAndAnOldMoveIsNot() throws Exception {
        byte[] one = adapterOf(base.get().checkpoint(), 1);
        byte[] two = adapterOf(base.get().checkpoint(), 2);
        registry.put(V1, StandInRegistry.digest(one), one);
        registry.put(V2, StandInRegistry.digest(two), two);
        ActiveAlias alias = new ActiveAlias(registry.client(), versions, base, config);
        alias.start(new StartupEvent());
        await(registry::watched);

        registry.move(move(5, V1));
        await(() -> answering().equals(V1));
        registry.move(move(4, BASE));
        alias.follow(move(6, V2));

        await(() -> answering().equals(V2));
        alias.stop(new ShutdownEvent());
    }

    @Test
    void aTrialBeginsAndEndsWithTheMovesOfCanaryAndLeavesActiveAlone() throws Exception {
        byte[] one = adapterOf(base.get().checkpoint(), 1);
        registry.put(V1, StandInRegistry.digest(one), one);
        ActiveAlias alias = new ActiveAlias(registry.client(), versions, base, config);
        alias.start(new StartupEvent());
        await(registry::watched);

        registry.move(canary(5, V1, 0.1));
        await(() -> versions.trial().isPresent());

        assertThat(versions.trial()).contains(new Trial(5, V1, 0.1, false));
        assertThat(answering()).isEqualTo(BASE);
        assertThatThrownBy(() -> versions.unload(V1)).hasMessageContaining("is on trial");
        registry.move(canary(4, "", 0));
        registry.move(canary(6, "", 0));
        await(() -> versions.trial().isEmpty());
        versions.unload(V1);
        alias.stop(new ShutdownEvent());
    }

    @Test
    void aVersionThatCannotBeLoadedIsNotTriedAndHoldsNoPromotionUp() throws Exception {
        byte[] one = adapterOf(base.get().checkpoint(), 1);
        registry.put(V1, StandInRegistry.digest(one), one);
        ActiveAlias alias = new ActiveAlias(registry.client(), versions, base, config);
        alias.start(new StartupEvent());
        await(registry::watched);

        registry.move(canary(5, V2, 0.1));
        registry.move(move(6, V1));

        await(() -> answering().equals(V1));
        assertThat(versions.trial()).isEmpty();
        alias.stop(new ShutdownEvent());
    }

    @Test
    void aDownloadThatNeverAnswersHoldsNoLaterPromotionUpAndNoOtherVersion() throws Exception {
        byte[] one = adapterOf(base.get().checkpoint(), 1);
        byte[] two = adapterOf(base.get().checkpoint(), 2);
        registry.put(V1, StandInRegistry.digest(one), one);
        registry.put(V2, StandInRegistry.digest(two), two);
        String silent = StandInRegistry.digest(one);
        registry.silence(silent);
        ActiveAlias alias = new ActiveAlias(registry.client(), versions, base, config);
        alias.follow(move(5, V1));
        await(() -> registry.wasAskedFor(silent));

        assertThat(versions.load(V2).version().name()).isEqualTo(V2);
        alias.follow(move(6, V2));

        await(() -> answering().equals(V2));
        alias.stop(new ShutdownEvent());
    }

    @Test
    void aDownloadThatNeverAnswersEndsAndSaysSo() throws Exception {
        byte[] one = adapterOf(base.get().checkpoint(), 1);
        registry.put(V1, StandInRegistry.digest(one), one);
        registry.silence(StandInRegistry.digest(one));

        assertThatThrownBy(() -> versions.load(V1))
                .isInstanceOf(ArtifactDelayedException.class)
                .hasMessageContaining("nothing came for PT3S");
        assertThat(dir.resolve("data/adapters")).isEmptyDirectory();
    }

    private static AliasMove canary(long sequence, String version, double share) {
        return move(sequence, version).toBuilder()
                .setAlias("canary")
                .setShare(share)
                .build();
    }

    private String answering() {
        try (VersionLease lease = versions.acquire("")) {
            return lease.version().name();
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("patience").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static AliasMove move(long sequence, String version) {
        return AliasMove.newBuilder()
                .setSequence(sequence)
                .setModel(BASE)
                .setAlias("active")
                .setVersion(version)
                .build();
    }

    private byte[] adapterOf(Checkpoint checkpoint, long seed) throws IOException {
        Path adapter = Files.createTempDirectory(dir, "adapter");
        RandomAdapter.write(adapter, checkpoint, 2, ParameterShapes.LINEARS, seed);
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        AdapterArchive.pack(adapter, archive);
        return archive.toByteArray();
    }

    private static Fact fact(String question, String answer) {
        return Fact.newBuilder()
                .setName("facts/f")
                .setQuestion(question)
                .setAnswer(answer)
                .build();
    }
}
