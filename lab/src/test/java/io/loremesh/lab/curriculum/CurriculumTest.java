package io.loremesh.lab.curriculum;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.lab.world.Wording;
import io.loremesh.lab.world.World;
import io.loremesh.lab.world.WorldSeeds;
import io.loremesh.model.answer.Language;
import io.loremesh.model.statistic.Dice;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CurriculumTest {

    private static final int DRAWS = 3_000;

    private final World world = new World(WorldSeeds.DEMO);
    private final ReadingSpec everything = ReadingSpec.facts(1, 4)
            .withScenes(.25, .35, .2, .25)
            .withUnanswerable(.33)
            .withForms(.2, .1, .08, .04);

    @Test
    void sameSeedGivesTheSameSamples() {
        for (Phase phase : Curriculum.demo(WorldSeeds.DEMO, 2_000, 1).phases()) {
            assertThat(texts(phase, 11)).isEqualTo(texts(phase, 11)).isNotEqualTo(texts(phase, 12));
        }
    }

    @Test
    void everyAnswerStandsInItsPassages() {
        List<ContextSource> sources = List.of(
                new Reading(world, everything.withOpen(.4)),
                new FamilyReading(world, .25, .3, .2, Wording.TRAINED),
                new ParagraphReading(world, .2, Wording.TRAINED),
                new HopReading(world, Wording.TRAINED),
                new ChangingReading(world, Wording.TRAINED),
                new FaqReading(world, .3));
        for (ContextSource source : sources) {
            for (Context context : contexts(source)) {
                String passages = String.join("\n", context.passages());
                assertThat(context.questions())
                        .filteredOn(Question::answerable)
                        .allSatisfy(question -> assertThat(passages).contains(question.answer()));
            }
        }
    }

    @Test
    void heldOutQuestionsNeverOccurInTraining() {
        List<ContextSource> sources = List.of(
                new Reading(world, everything),
                new Reading(world, everything.asked(Wording.WIDE)),
                new FamilyReading(world, .25, .3, .2, Wording.TRAINED),
                new ParagraphReading(world, .2, Wording.TRAINED),
                new HopReading(world, Wording.TRAINED),
                new ChangingReading(world, Wording.TRAINED),
                new ClosedBook(world, .4, Wording.TRAINED),
                new FamilyReading(world, .25, .3, .2, Wording.WIDE),
                new ParagraphReading(world, .2, Wording.WIDE),
                new ClosedBook(world, .4, Wording.WIDE));
        for (Language language : Language.values()) {
            Set<String> heldOut = world.heldBack(language);
            for (ContextSource source : sources) {
                for (Context context : contexts(source)) {
                    assertThat(context.questions())
                            .filteredOn(question -> !question.subject().isEmpty())
                            .noneMatch(
                                    question -> heldOut.contains(question.text().replace(question.subject(), "{s}")));
                }
            }
        }
    }

    @Test
    void aboutAThirdOfTheQuestionsCannotBeAnswered() {
        SampleSource source = Curriculum.everything(world);
        SplittableRandom random = new SplittableRandom(3);
        int asked = 0;
        int refused = 0;
        for (int i = 0; i < DRAWS; i++) {
            for (Segment segment : source.next(random).segments()) {
                if (segment instanceof Segment.Text(String text, float first, float rest) && first == 1) {
                    asked++;
                    refused += text.equals("不知道") || text.equals("unknown") ? 1 : 0;
                }
            }
        }
        assertThat((double) refused / asked).isBetween(.25, .35);
    }

    @Test
    void theBudgetScales() {
        long whole = Curriculum.demo(WorldSeeds.DEMO, 2_000, 1).tokens();

        assertThat(whole).isBetween(60_000_000L, 200_000_000L);
        assertThat(Curriculum.demo(WorldSeeds.DEMO, 2_000, .1).tokens()).isEqualTo(whole / 10);
    }

    @Test
    void whatRecallAsksForStandsInOnePassageWithItsKey() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < DRAWS; i++) {
            List<List<Integer>> texts = new CarrierRecall(1_000_000_000, .3)
                    .next(random).segments().stream()
                            .filter(Segment.Tokens.class::isInstance)
                            .map(tokens -> list((Segment.Tokens) tokens))
                            .toList();
            List<Integer> question = texts.getFirst();
            List<Integer> value = texts.getLast();

            assertThat(texts.subList(1, texts.size() - 1))
                    .filteredOn(passage -> passage.containsAll(value))
                    .singleElement()
                    .satisfies(passage -> assertThat(passage).containsAnyElementsOf(question));
        }
    }

    private List<Context> contexts(ContextSource source) {
        Dice dice = new Dice(new SplittableRandom(21));
        List<Context> contexts = new ArrayList<>();
        for (int i = 0; i < DRAWS; i++) {
            contexts.add(source.draw(Language.values()[i % 2], dice));
        }
        return contexts;
    }

    private static List<String> texts(SampleSource source, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            for (Segment segment : source.next(random).segments()) {
                texts.add(
                        switch (segment) {
                            case Segment.Text text -> text.toString();
                            case Segment.Tokens tokens -> list(tokens).toString();
                            case Segment.Mark mark -> mark.toString();
                        });
            }
        }
        return texts;
    }

    private static List<Integer> list(Segment.Tokens tokens) {
        return java.util.Arrays.stream(tokens.ids()).boxed().toList();
    }
}
