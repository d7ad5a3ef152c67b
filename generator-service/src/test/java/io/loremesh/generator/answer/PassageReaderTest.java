package io.loremesh.generator.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.generator.completion.DecodedText;
import io.loremesh.generator.inference.FinishReason;
import io.loremesh.proto.knowledge.v1.Passage;
import io.loremesh.proto.retriever.v1.ScoredPassage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PassageReaderTest {
    private final List<String> shown = new ArrayList<>();
    private final List<List<String>> asked = new ArrayList<>();

    @Test
    void aWeakerPassageReadWithCertaintyBeatsAStrongerOneReadWithDoubt() {
        var answers = Map.of("near", decoded("meat", .5), "nearer", decoded("apples", .9));

        var read = read(PassageReading.MAP_RERANK, evidence("near", .8, "nearer", .6), answers);

        assertThat(read.decoded().text()).isEqualTo("apples");
        assertThat(read.evidence().texts()).containsExactly("nearer");
        assertThat(shown).containsExactly("apples");
    }

    @Test
    void aPassageThatCannotWinAnyMoreIsNotRead() {
        var answers = Map.of("near", decoded("meat", .9), "far", decoded("apples", 1));

        var read = read(PassageReading.MAP_RERANK, evidence("near", .8, "far", .5), answers);

        assertThat(read.decoded().text()).isEqualTo("meat");
        assertThat(asked).containsExactly(List.of("near"));
    }

    @Test
    void anAbstentionGivesWayToAnyAnswer() {
        var answers = Map.of("near", decoded("unknown", 1), "far", decoded("meat", .3));

        var read = read(PassageReading.MAP_RERANK, evidence("near", .8, "far", .2), answers);

        assertThat(read.abstained()).isFalse();
        assertThat(read.decoded().text()).isEqualTo("meat");
    }

    @Test
    void anAnswerThatTheModelNearlyRefusedIsNone() {
        var answers = Map.of("near", decoded("oranges", .97, .03), "far", decoded("meat", .97, .01));

        var one = read(PassageReading.MAP_RERANK, evidence("near", .8, "far", .2), answers);
        var none = read(PassageReading.MAP_RERANK, evidence("near", .8, "near", .2), answers);

        assertThat(one.decoded().text()).isEqualTo("meat");
        assertThat(none.abstained()).isTrue();
        assertThat(shown).containsExactly("meat", "unknown");
    }

    @Test
    void bytesThatAreNoCharactersAreNoAnswer() {
        var answers = Map.of("near", decoded("\uFFFD", .9), "far", decoded("\uFFFD meat", .9));

        var read = read(PassageReading.MAP_RERANK, evidence("near", .8, "far", .2), answers);

        assertThat(read.abstained()).isTrue();
        assertThat(shown).containsExactly("unknown");
        assertThat(read.decoded().text()).isEqualTo("unknown");
    }

    @Test
    void onePromptHoldsEveryPassageWhereTheModelReadsThemTogether() {
        var answers = Map.of("near far", decoded("meat", .9));

        var read = read(PassageReading.STUFF, evidence("near", .8, "far", .2), answers);

        assertThat(asked).containsExactly(List.of("near", "far"));
        assertThat(read.evidence().texts()).containsExactly("near", "far");
    }

    private PassageReader.Read read(PassageReading reading, Evidence evidence, Map<String, DecodedText> answers) {
        return new PassageReader(reading, .02).read(evidence, "unknown", shown::add, (passages, sink) -> {
            asked.add(passages);
            DecodedText answer = answers.get(String.join(" ", passages));
            sink.accept(answer.text());
            return answer;
        });
    }

    private static Evidence evidence(String first, double firstScore, String second, double secondScore) {
        return new Evidence(List.of(passage(first, firstScore), passage(second, secondScore)), Duration.ZERO, "");
    }

    private static ScoredPassage passage(String text, double score) {
        return ScoredPassage.newBuilder()
                .setPassage(Passage.newBuilder().setText(text))
                .setScore(score)
                .build();
    }

    private static DecodedText decoded(String text, double confidence) {
        return decoded(text, confidence, 0);
    }

    private static DecodedText decoded(String text, double confidence, double doubt) {
        return new DecodedText(text, FinishReason.STOP, 1, 1, confidence, doubt, Duration.ZERO, Duration.ZERO);
    }
}
