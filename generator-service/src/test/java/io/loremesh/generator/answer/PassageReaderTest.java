package io.loremesh.generator.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.generator.completion.DecodedText;
import io.loremesh.generator.inference.FinishReason;
import io.loremesh.model.profile.PassageReading;
import io.loremesh.proto.knowledge.v1.Passage;
import io.loremesh.proto.retriever.v1.ScoredPassage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PassageReaderTest {
    private static final String NEAR = "JIM likes meat, which is near.";
    private static final String FAR = "JIM likes apples, which are far.";

    private final List<List<String>> asked = new ArrayList<>();

    @Test
    void aWeakerPassageReadWithCertaintyBeatsAStrongerOneReadWithDoubt() {
        var answers = Map.of(NEAR, decoded("meat", .5), FAR, decoded("apples", .9));

        var read = read(PassageReading.MAP_RERANK, evidence(NEAR, .8, FAR, .6), answers);

        assertThat(read.decoded().text()).isEqualTo("apples");
        assertThat(read.evidence().texts()).containsExactly(FAR);
    }

    @Test
    void aPassageThatCannotWinAnyMoreIsNotRead() {
        var answers = Map.of(NEAR, decoded("meat", .9), FAR, decoded("apples", 1));

        var read = read(PassageReading.MAP_RERANK, evidence(NEAR, .8, FAR, .5), answers);

        assertThat(read.decoded().text()).isEqualTo("meat");
        assertThat(asked).containsExactly(List.of(NEAR));
    }

    @Test
    void anAbstentionGivesWayToAnyAnswer() {
        var answers = Map.of(NEAR, decoded("unknown", 1), FAR, decoded("apples", .3));

        var read = read(PassageReading.MAP_RERANK, evidence(NEAR, .8, FAR, .2), answers);

        assertThat(read.abstained()).isFalse();
        assertThat(read.decoded().text()).isEqualTo("apples");
    }

    @Test
    void anAnswerThatTheModelNearlyRefusedIsNone() {
        var answers = Map.of(NEAR, decoded("meat", .97, .03), FAR, decoded("apples", .97, .01));

        var one = read(PassageReading.MAP_RERANK, evidence(NEAR, .8, FAR, .2), answers);
        var none = read(PassageReading.MAP_RERANK, evidence(NEAR, .8, NEAR, .2), answers);

        assertThat(one.decoded().text()).isEqualTo("apples");
        assertThat(none.abstained()).isTrue();
        assertThat(none.decoded().text()).isEqualTo("unknown");
    }

    @Test
    void bytesThatAreNoCharactersAreNoAnswer() {
        var answers = Map.of(NEAR, decoded("\uFFFD", .9), FAR, decoded("\uFFFD apples", .9));

        var read = read(PassageReading.MAP_RERANK, evidence(NEAR, .8, FAR, .2), answers);

        assertThat(read.abstained()).isTrue();
        assertThat(read.decoded().text()).isEqualTo("unknown");
    }

    @ParameterizedTest
    @EnumSource(PassageReading.class)
    void whatNoPassageStatesIsNotGivenAndTheNextPassageHasItsSay(PassageReading reading) {
        var answers = Map.of(NEAR, decoded("Meatjim 7", 1), FAR, decoded("apples", .3), NEAR + FAR, decoded("7", 1));

        var read = read(reading, evidence(NEAR, .8, FAR, .2), answers);

        assertThat(read.decoded().text()).isEqualTo(reading == PassageReading.STUFF ? "unknown" : "apples");
        assertThat(read.decoded().confidence()).isEqualTo(reading == PassageReading.STUFF ? 0 : .3);
    }

    @ParameterizedTest
    @EnumSource(PassageReading.class)
    void anAnswerThatTheLimitCutIsNoneAndThatIsTold(PassageReading reading) {
        var cut = new DecodedText("meat", FinishReason.LENGTH, 1, 1, .9, 0, Duration.ZERO, Duration.ZERO);
        var answers = Map.of(NEAR, cut, FAR, decoded("unknown", .9), NEAR + FAR, cut);

        var read = read(reading, evidence(NEAR, .8, FAR, .2), answers);

        assertThat(read.abstained()).isTrue();
        assertThat(read.decoded().text()).isEqualTo("unknown");
        assertThat(read.decoded().finish()).isEqualTo(FinishReason.LENGTH);
        assertThat(read.decoded().confidence()).isZero();
    }

    @Test
    void onePromptHoldsEveryPassageWhereTheModelReadsThemTogetherAndItMaySpeakInSentences() {
        var answers = Map.of(NEAR + FAR, decoded("He eats meat and apples.", .9));

        var read = read(PassageReading.STUFF, evidence(NEAR, .8, FAR, .2), answers);

        assertThat(asked).containsExactly(List.of(NEAR, FAR));
        assertThat(read.evidence().texts()).containsExactly(NEAR, FAR);
        assertThat(read.decoded().text()).isEqualTo("He eats meat and apples.");
    }

    @Test
    void lettersThatDifferInLooksAreReadAsPlainOnesAndCitedAsTheyStand() {
        var answers = Map.of("KATE今年12岁。", decoded("12岁", .9));

        var read = read(PassageReading.MAP_RERANK, evidence("ＫＡＴＥ今年１２岁。", .8, FAR, .2), answers);

        assertThat(read.decoded().text()).isEqualTo("１２岁");
        assertThat(read.evidence().texts()).containsExactly("ＫＡＴＥ今年１２岁。");
    }

    private PassageReader.Read read(PassageReading reading, Evidence evidence, Map<String, DecodedText> answers) {
        return new PassageReader(reading, .02).read(evidence, "What does JIM like?", "unknown", passages -> {
            asked.add(passages);
            return answers.get(String.join("", passages));
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
