package io.loremesh.lab.vocabulary;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.loremesh.lab.curriculum.Curriculum;
import io.loremesh.lab.curriculum.Marker;
import io.loremesh.lab.curriculum.Sample;
import io.loremesh.lab.curriculum.SampleSource;
import io.loremesh.lab.curriculum.Segment;
import io.loremesh.lab.vocabulary.MergeLearner.Merge;
import io.loremesh.lab.world.World;
import io.loremesh.lab.world.WorldSeeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The demo base's vocabulary: marks, the 256 bytes, every ASCII sign, the Chinese characters of the world and the
 * commonest others as whole tokens, and byte-level merges within Latin words. Every piece begins with a blank wherever
 * it stands, so a name has the same tokens at the start of a text, after a blank and after a Chinese character. What is
 * not in it falls back to bytes.
 */
public final class DemoVocabulary {

    private static final int MERGES = 1_000;
    private static final int LEARNED_FROM_SAMPLES = 20_000;
    private static final int SEEN_OFTEN = 6;
    private static final int SPARES = Marker.FIRST_FREE_ID - Marker.values().length;
    private static final Pattern LATIN_WORD = Pattern.compile("[A-Za-z]+");

    /**
     * First bytes of UTF-8 sequences of Latin letters, signs and Chinese characters: joined with the blank, they
     * shorten the fallback.
     */
    private static final int[] LEADING_BYTES = {
        0xC3, 0xC4, 0xC5, 0xE2, 0xE3, 0xE4, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xEF, 0xF0
    };

    private final List<String> specials;
    private final Set<String> tokens = new LinkedHashSet<>();
    private final List<Merge> merges = new ArrayList<>();

    private DemoVocabulary(World world, long seed) {
        specials = specials();
        tokens.addAll(specials);
        tokens.addAll(ByteAlphabet.all());
        for (char c = '!'; c <= '~'; c++) {
            if (Character.isLetter(c)) {
                merge(new Merge(ByteAlphabet.BLANK, String.valueOf(c)));
            } else {
                tokens.add(ByteAlphabet.BLANK + c);
            }
        }
        for (int leading : LEADING_BYTES) {
            merge(new Merge(ByteAlphabet.BLANK, ByteAlphabet.symbol(leading)));
        }
        world.alphabet().forEach(character -> tokens.add(String.join("", ByteAlphabet.of(" " + character))));
        MergeLearner.learn(latinWords(world, seed), merges, MERGES).forEach(this::merge);
    }

    /**
     * Writes {@code tokenizer.json}, {@code tokenizer_config.json} and {@code special_tokens_map.json}.
     *
     * @param seed of the text that the merges are learned from; the same seed writes the same bytes
     */
    public static void write(Path dir, long seed) throws IOException {
        DemoVocabulary vocabulary = new DemoVocabulary(new World(WorldSeeds.DEMO), seed);
        ObjectMapper json = new ObjectMapper();
        Files.createDirectories(dir);
        ObjectNode tokenizer = TokenizerJson.tokenizer(vocabulary.specials, vocabulary.tokens, vocabulary.merges);
        json.writerWithDefaultPrettyPrinter()
                .writeValue(dir.resolve("tokenizer.json").toFile(), tokenizer);
        json.writerWithDefaultPrettyPrinter()
                .writeValue(dir.resolve("tokenizer_config.json").toFile(), TokenizerJson.config());
        json.writerWithDefaultPrettyPrinter()
                .writeValue(dir.resolve("special_tokens_map.json").toFile(), TokenizerJson.specialTokens());
    }

    private static List<String> specials() {
        List<String> specials = new ArrayList<>();
        for (Marker marker : Marker.values()) {
            specials.add(marker.token());
        }
        for (int i = 0; i < SPARES; i++) {
            specials.add("<spare" + i + ">");
        }
        return List.copyOf(specials);
    }

    private void merge(Merge merge) {
        merges.add(merge);
        tokens.add(merge.joined());
    }

    /**
     * Words seen often, by the root of their count: else the few words of the templates and the many made-up names take
     * all merges.
     */
    private static Map<String, Long> latinWords(World world, long seed) {
        Map<String, Long> words = new TreeMap<>();
        SplittableRandom random = new SplittableRandom(seed);
        SampleSource source = Curriculum.everything(world);
        for (int i = 0; i < LEARNED_FROM_SAMPLES; i++) {
            count(source.next(random), words);
        }
        words.values().removeIf(count -> count < SEEN_OFTEN);
        words.replaceAll((word, count) -> Math.round(100 * Math.sqrt(count)));
        return words;
    }

    private static void count(Sample sample, Map<String, Long> words) {
        for (Segment segment : sample.segments()) {
            if (segment instanceof Segment.Text text) {
                Matcher matcher = LATIN_WORD.matcher(text.text());
                while (matcher.find()) {
                    words.merge(matcher.group(), 1L, Long::sum);
                }
            }
        }
    }
}
