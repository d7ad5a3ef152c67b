package io.loremesh.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.proto.knowledge.v1.Fact;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProvenanceTest {
    private static final Fact CITY =
            Fact.newBuilder().setQuestion("Where?").setAnswer("here").build();

    private static String digest(List<Fact> taught, List<Fact> replayed) {
        return Provenance.dataset(new TrainingMaterial(Optional.empty(), taught, replayed, List.of(), "", ""));
    }

    @Test
    void theDataSetsDigestChangesWithWhatIsTaught() {
        assertThat(digest(List.of(CITY), List.of()))
                .matches("sha256:[0-9a-f]{64}")
                .isEqualTo(digest(List.of(CITY), List.of()))
                .isNotEqualTo(digest(List.of(CITY.toBuilder().setAnswer("there").build()), List.of()));
    }

    @Test
    void classesInADirectoryHaveNoDigestAndSaySo() {
        assertThat(Provenance.code()).isEqualTo("unpackaged classes");
    }
}
