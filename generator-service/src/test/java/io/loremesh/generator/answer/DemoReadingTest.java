package io.loremesh.generator.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.generator.base.LoadedBase;
import io.loremesh.generator.completion.DecodedText;
import io.loremesh.generator.completion.DeltaSink;
import io.loremesh.generator.completion.ReadableText;
import io.loremesh.generator.completion.TextDecoding;
import io.loremesh.generator.inference.EngineLimits;
import io.loremesh.generator.inference.Generation;
import io.loremesh.generator.inference.InferenceEngine;
import io.loremesh.generator.inference.LoraWeights;
import io.loremesh.model.answer.AnswerKey;
import io.loremesh.model.checkpoint.Checkpoint;
import io.loremesh.model.profile.BaseProfile;
import io.loremesh.model.prompt.PromptFormat;
import io.loremesh.model.tokenizer.TextTokenizer;
import io.loremesh.proto.knowledge.v1.Passage;
import io.loremesh.proto.retriever.v1.ScoredPassage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the demo base reads of values that it never learned to read. */
@Timeout(300)
class DemoReadingTest {
    private static final int PASSAGES = 300;

    private static LoadedBase base;

    /** A passage with a question, and every answer to it that is whole. */
    private record Asked(String passage, String question, List<String> whole) {}

    @BeforeAll
    static void open() throws IOException {
        Path dir = Path.of(System.getProperty("loremesh.root"), "models/demo");
        Checkpoint checkpoint = Checkpoint.open(dir);
        TextTokenizer tokenizer = TextTokenizer.open(dir);
        base = new LoadedBase(
                "models/demo",
                checkpoint,
                tokenizer,
                PromptFormat.of(tokenizer),
                BaseProfile.of(dir),
                new InferenceEngine(checkpoint, new EngineLimits(2, 512, 16, 128, 1)));
    }

    @AfterAll
    static void close() {
        base.engine().close();
        base.checkpoint().close();
    }

    @Test
    void noPartOfAValueIsEverGiven() {
        Random random = new Random(19);
        List<String> partial = new ArrayList<>();
        int given = 0;
        int readInPart = 0;
        for (int i = 0; i < PASSAGES; i++) {
            Asked asked = ask(random);
            List<String> raw = new ArrayList<>();
            PassageReader.Read read = read(asked, raw);
            readInPart += isWhole(raw.getFirst(), asked) ? 0 : 1;
            if (!read.abstained()) {
                given++;
                if (!isWhole(read.decoded().text(), asked)) {
                    partial.add("%s: %s, not %s"
                            .formatted(asked.passage(), read.decoded().text(), asked.whole()));
                }
            }
        }
        System.out.printf(
                "demo base: %d passages with values, %d answered, %d read otherwise than they stand%n",
                PASSAGES, given, readInPart);

        assertThat(partial).isEmpty();
        assertThat(given).as("answers at all").isGreaterThan(PASSAGES / 10);
        assertThat(readInPart).as("what the rule is for").isPositive();
    }

    private static boolean isWhole(String text, Asked asked) {
        return AnswerKey.among(text, asked.whole());
    }

    private static PassageReader.Read read(Asked asked, List<String> raw) {
        ScoredPassage passage = ScoredPassage.newBuilder()
                .setPassage(Passage.newBuilder().setText(asked.passage()))
                .setScore(1)
                .build();
        return new PassageReader(base.profile().reading(), base.profile().doubt())
                .read(new Evidence(List.of(passage), Duration.ZERO, ""), asked.question(), "unknown", passages -> {
                    int[] prompt = base.format().answer(passages, ReadableText.of(asked.question()));
                    Generation generation = Generation.greedy(
                                    prompt, 64, base.format().stopTokens(), LoraWeights.NONE)
                            .watching(base.refusals());
                    DecodedText decoded = TextDecoding.decode(base, generation, List.of(), DeltaSink.NONE);
                    raw.add(decoded.text());
                    return decoded;
                });
    }

    private static Asked ask(Random random) {
        String name = List.of("NOVA", "KORA", "DELTA", "MAX", "JIM").get(random.nextInt(5));
        String number = number(random);
        List<BiFunction<String, String, Asked>> forms = List.of(
                (n, v) -> new Asked(
                        "The price of the pen %s is %s.".formatted(n, v),
                        "What is the price of the pen %s?".formatted(n),
                        List.of(v)),
                (n, v) -> new Asked(
                        "The rated power of the pump %s is %s kW.".formatted(n, v),
                        "What is the rated power of the pump %s?".formatted(n),
                        List.of(v + " kW", v)),
                (n, v) -> new Asked("%s的价格是%s元。".formatted(n, v), "%s的价格是多少？".formatted(n), List.of(v + "元", v)),
                (n, v) -> new Asked(
                        "%s型水泵的额定功率是%s千瓦。".formatted(n, v), "%s型水泵的额定功率是多少？".formatted(n), List.of(v + "千瓦", v)),
                (n, v) -> new Asked(
                        "The email of %s is a%s.b@example.org.".formatted(n, v.replaceAll("\\D", "")),
                        "What is the email of %s?".formatted(n),
                        List.of("a%s.b@example.org".formatted(v.replaceAll("\\D", "")))),
                (n, v) -> new Asked(
                        "%s今年%s岁。".formatted(wide(n), wide(v.replaceAll("\\D", ""))),
                        "%s今年几岁？".formatted(wide(n)),
                        List.of(v.replaceAll("\\D", "") + "岁", v.replaceAll("\\D", ""))));
        return forms.get(random.nextInt(forms.size())).apply(name, number);
    }

    private static String number(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> String.valueOf(1 + random.nextInt(2_000));
            case 1 -> String.format(Locale.ROOT, "%.2f", random.nextDouble() * 100);
            case 2 -> String.format(Locale.ROOT, "%.1f", random.nextDouble() * 100);
            default -> "%d-%d".formatted(1 + random.nextInt(30), 1 + random.nextInt(30));
        };
    }

    private static String wide(String text) {
        return text.codePoints()
                .map(c -> c > ' ' && c < 0x7F ? c + 0xFEE0 : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
