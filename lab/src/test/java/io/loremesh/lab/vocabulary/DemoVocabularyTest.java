package io.loremesh.lab.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.lab.curriculum.Curriculum;
import io.loremesh.lab.curriculum.Encoded;
import io.loremesh.lab.curriculum.Marker;
import io.loremesh.lab.curriculum.Sample;
import io.loremesh.lab.curriculum.SampleEncoder;
import io.loremesh.lab.curriculum.Segment;
import io.loremesh.lab.world.World;
import io.loremesh.lab.world.WorldSeeds;
import io.loremesh.model.tokenizer.TextTokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoVocabularyTest {

    @TempDir
    static Path dir;

    private static final World WORLD = new World(WorldSeeds.DEMO);
    private static TextTokenizer tokenizer;

    @BeforeAll
    static void write() throws Exception {
        DemoVocabulary.write(dir, 1);
        tokenizer = TextTokenizer.open(dir);
    }

    @Test
    void sameSeedWritesTheSameBytes(@TempDir Path again) throws Exception {
        DemoVocabulary.write(again, 1);

        assertThat(Files.readAllBytes(again.resolve("tokenizer.json")))
                .isEqualTo(Files.readAllBytes(dir.resolve("tokenizer.json")));
    }

    @Test
    void marksHaveTheIdsThatSamplesUse() {
        for (Marker marker : Marker.values()) {
            assertThat(tokenizer.id(marker.token())).hasValue(marker.id());
        }
        assertThat(tokenizer.vocabSize()).isBetween(4_500, 6_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "姐姐LOTTA今年12岁，喜欢吃鱼。",
                "Where does Grithaikol live? In New York, at 12 Main Street.",
                "2019年3月5日",
                "the white rabbit's basket",
                "12:30",
                "8 o'clock",
                "$799",
                "12%",
                "A7 costs 300 dollars, red",
                "龘龖"
            })
    void textSurvivesEncodingAndDecoding(String text) {
        assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
    }

    @Test
    void whatDecodingSpacesOtherwiseStillHasTheSameTokens() {
        int[] tokens = tokenizer.encode("Bo  met É. Ünal 😀 on 3 . 5 km - ok");

        assertThat(tokenizer.encode(tokenizer.decode(tokens))).isEqualTo(tokens);
    }

    @Test
    void aNameHasTheSameTokensWhereverItStands() {
        int[] name = tokenizer.encode("Grithaikol");

        assertThat(ending(tokenizer.encode("my uncle Grithaikol"), name.length)).isEqualTo(name);
        assertThat(ending(tokenizer.encode("叔叔Grithaikol"), name.length)).isEqualTo(name);
        assertThat(ending(tokenizer.encode("(Grithaikol"), name.length)).isEqualTo(name);
        assertThat(Arrays.copyOf(tokenizer.encode("Grithaikol的"), name.length)).isEqualTo(name);
    }

    @Test
    void everyCharacterOfTheWorldIsOneToken() {
        assertThat(WORLD.alphabet())
                .hasSizeGreaterThan(1_000)
                .allSatisfy(character ->
                        assertThat(tokenizer.encode(character)).as(character).hasSize(1));
        assertThat(tokenizer.encode("1234")).hasSize(4);
    }

    @Test
    void theSampleEncoderAgreesWithTheTokenizer() {
        SampleEncoder encoder = new SampleEncoder(tokenizer::encode);
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 300; i++) {
            Sample sample = Curriculum.everything(WORLD).next(random);
            List<Integer> expected = new ArrayList<>();
            for (Segment segment : sample.segments()) {
                switch (segment) {
                    case Segment.Mark mark -> expected.add(mark.marker().id());
                    case Segment.Text text ->
                        Arrays.stream(tokenizer.encode(text.text())).forEach(expected::add);
                    case Segment.Tokens tokens -> Arrays.stream(tokens.ids()).forEach(expected::add);
                }
            }
            assertThat(encoder.encode(sample).ids())
                    .containsExactly(
                            expected.stream().mapToInt(Integer::intValue).toArray());
        }
    }

    @Test
    void anAnswerIsATwelfthOfItsSequenceAndHardlyASampleIsTooLong() {
        SampleEncoder encoder = new SampleEncoder(tokenizer::encode);
        SplittableRandom random = new SplittableRandom(2);
        int learned = 0;
        int tokens = 0;
        int tooLong = 0;
        for (int i = 0; i < 2_000; i++) {
            Encoded encoded = encoder.encode(Curriculum.everything(WORLD).next(random));
            for (float weight : encoded.weights()) {
                learned += weight > 0 ? 1 : 0;
            }
            tokens += encoded.length();
            tooLong += encoded.length() > Sample.MAX_TOKENS ? 1 : 0;
        }
        assertThat((double) learned / tokens).isBetween(.06, .12);
        assertThat(tooLong).isLessThan(20);
    }

    private static int[] ending(int[] tokens, int length) {
        return Arrays.copyOfRange(tokens, tokens.length - length, tokens.length);
    }
}
