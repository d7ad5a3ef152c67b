package io.loremesh.registry.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.proto.generator.v1.LoadedVersion;
import io.loremesh.proto.registry.v1.ErasureProbe;
import io.loremesh.registry.version.VersionName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ErasureFindingTest {
    private static final VersionName ACTIVE = new VersionName("demo", 1);
    private static final Optional<LoadedVersion> SERVED =
            Optional.of(LoadedVersion.newBuilder().setVersion(ACTIVE.resource()).build());

    private static ErasureProbe probe(boolean weightsOnly, boolean tells) {
        return ErasureProbe.newBuilder()
                .setQuestion("How old is Jim?")
                .setWeightsOnly(weightsOnly)
                .setTells(tells)
                .addCitations("documents/1/passages/0")
                .build();
    }

    @Test
    void whatNoProbeTellsIsGone() {
        assertThat(ErasureFlow.finding(SERVED, ACTIVE, List.of(probe(true, false), probe(false, false))))
                .isEmpty();
    }

    @Test
    void anAnswerFromTheWeightsOrFromAPassageIsNamedWithWhatHelps() {
        assertThat(ErasureFlow.finding(SERVED, ACTIVE, List.of(probe(true, true))))
                .contains("models/demo/versions/1 still tells it", "How old is Jim?", "train without it");
        assertThat(ErasureFlow.finding(SERVED, ACTIVE, List.of(probe(true, false), probe(false, true))))
                .contains("retrieval still tells it", "documents/1/passages/0", "retract");
        var bare = VersionName.bare("demo");
        var servedBare = Optional.of(
                LoadedVersion.newBuilder().setVersion(bare.resource()).build());
        assertThat(ErasureFlow.finding(servedBare, bare, List.of(probe(true, true))))
                .contains("the bare base itself");
    }

    @Test
    void aGeneratorThatServesSomethingElseProvesNothing() {
        assertThat(ErasureFlow.finding(Optional.empty(), ACTIVE, List.of(probe(true, false))))
                .contains("serves nothing and not models/demo/versions/1");
    }
}
