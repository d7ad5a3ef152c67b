package io.loremesh.lab.suite;

import static io.loremesh.lab.curriculum.ReadingSpec.facts;

import io.loremesh.lab.curriculum.ChangingReading;
import io.loremesh.lab.curriculum.ClosedBook;
import io.loremesh.lab.curriculum.Context;
import io.loremesh.lab.curriculum.FamilyReading;
import io.loremesh.lab.curriculum.FaqReading;
import io.loremesh.lab.curriculum.HopReading;
import io.loremesh.lab.curriculum.MissingKind;
import io.loremesh.lab.curriculum.ParagraphReading;
import io.loremesh.lab.curriculum.Question;
import io.loremesh.lab.curriculum.Reading;
import io.loremesh.lab.curriculum.ReadingSpec;
import io.loremesh.lab.world.Wording;
import io.loremesh.lab.world.World;
import io.loremesh.lab.world.WorldSeeds;
import io.loremesh.model.answer.Language;
import io.loremesh.model.statistic.Dice;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;

/** The questions that measure a base. Determined by the world's seeds and the suite's; safe for concurrent use. */
public final class BaseSuite {

    private static final double OPEN = .3;

    private final World world;

    public BaseSuite(WorldSeeds seeds) {
        this.world = new World(seeds);
    }

    /** So many probes of an ability; a larger {@code n} continues the smaller one's list. */
    public List<Probe> probes(Ability ability, Language language, int n, long seed) {
        BiFunction<Language, Dice, Context> contexts = contexts(ability);
        BiPredicate<Context, Question> wanted = wanted(ability);
        // The split seed keeps these draws apart from those of training.
        Dice dice = new Dice(new SplittableRandom(
                seed * 1_000_003 + world.seeds().split() * 7919 + ability.ordinal() * 31L + language.ordinal()));
        List<Probe> probes = new ArrayList<>();
        while (probes.size() < n) {
            Context context = contexts.apply(language, dice);
            context.questions().stream()
                    .filter(question -> question.language() == language && wanted.test(context, question))
                    .findFirst()
                    .ifPresent(question -> probes.add(probe(context, question)));
        }
        return List.copyOf(probes);
    }

    private static Probe probe(Context context, Question question) {
        Set<String> accepted = question.answerable() ? Set.of(question.answer()) : Set.of();
        return new Probe(context.passages(), question.text(), accepted, question.answerable());
    }

    private BiFunction<Language, Dice, Context> contexts(Ability ability) {
        ReadingSpec one = facts(1, 1);
        ReadingSpec several = facts(3, 5).withOpen(OPEN);
        ReadingSpec shared = facts(1, 4).withOpen(OPEN).withScenes(.3, .3, .2, .2);
        ReadingSpec questions = facts(1, 4).withForms(1, 0, 0, 0).withOpen(OPEN);
        return switch (ability) {
            case READ_ONE, READ_ONE_CLOSED -> new Reading(world, one)::draw;
            case READ_SEVERAL -> new Reading(world, several)::draw;
            case ONE_SUBJECT -> new Reading(world, several.withScenes(0, 1, 0, 0))::draw;
            case ONE_RELATION -> new Reading(world, several.withScenes(1, 0, 0, 0))::draw;
            case CONFUSABLE_NAMES -> new Reading(world, several.withScenes(1, 0, 0, 1))::draw;
            case OBJECT_FIRST -> new Reading(world, one.withForms(0, 0, 1, 0))::draw;
            case OPEN_RELATION -> new Reading(world, shared.withOpen(1))::draw;
            case FAMILY, FAMILY_MISSING -> new FamilyReading(world, 0, .3, .1, Wording.TRAINED)::draw;
            case WHOLE_FAMILY -> new FamilyReading(world, 1, 0, 0, Wording.TRAINED)::draw;
            case COMPANY -> paragraph("company");
            case PRODUCTS -> paragraph("product");
            case CHANGING -> new ChangingReading(world, Wording.TRAINED)::draw;
            case FAQ_EXACT -> either(new Reading(world, questions)::draw, new FaqReading(world, 0)::draw);
            case FAQ_PARAPHRASED ->
                either(new Reading(world, questions.asked(Wording.HELD_OUT))::draw, new FaqReading(world, 0)::draw);
            case TWO_HOPS -> hops(false);
            case HOP_MISSING -> hops(true);
            case HOP_BY_HEART -> new HopReading(world, Wording.TRAINED)::drawByHeart;
            case CROSS_LINGUAL -> new Reading(world, one.withForms(0, 0, .1, 1))::draw;
            case UNSEEN_READING -> new Reading(world, one.asked(Wording.HELD_OUT))::draw;
            case OTHER_RELATION -> missing(shared, MissingKind.OTHER_RELATION);
            case SIMILAR_NAME -> missing(shared, MissingKind.SIMILAR_NAME);
            case FRESH_NAME -> missing(shared, MissingKind.FRESH_NAME);
            case KNOWN_FACT, UNKNOWN_SUBJECT -> new ClosedBook(world, .5, Wording.TRAINED)::draw;
            case UNSEEN_MEMORY -> new ClosedBook(world, 0, Wording.HELD_OUT)::draw;
        };
    }

    private BiFunction<Language, Dice, Context> paragraph(String kind) {
        ParagraphReading reading = new ParagraphReading(world, 0, Wording.TRAINED);
        return (language, dice) -> reading.draw(kind, language, dice);
    }

    private BiFunction<Language, Dice, Context> hops(boolean broken) {
        HopReading reading = new HopReading(world, Wording.TRAINED);
        return (language, dice) -> reading.draw(2, broken, language, dice);
    }

    private BiFunction<Language, Dice, Context> missing(ReadingSpec spec, MissingKind kind) {
        Reading reading = new Reading(world, spec);
        return (language, dice) -> reading.drawMissing(kind, language, dice);
    }

    private static BiFunction<Language, Dice, Context> either(
            BiFunction<Language, Dice, Context> one, BiFunction<Language, Dice, Context> other) {
        return (language, dice) -> (dice.chance(.5) ? one : other).apply(language, dice);
    }

    private BiPredicate<Context, Question> wanted(Ability ability) {
        return switch (ability) {
            case READ_ONE, UNSEEN_READING ->
                (context, question) -> question.answerable() && !world.values().listed(question.answer());
            case READ_ONE_CLOSED ->
                (context, question) -> question.answerable() && world.values().listed(question.answer());
            case READ_SEVERAL,
                    ONE_SUBJECT,
                    ONE_RELATION,
                    CONFUSABLE_NAMES,
                    OBJECT_FIRST,
                    OPEN_RELATION,
                    FAMILY,
                    WHOLE_FAMILY,
                    COMPANY,
                    PRODUCTS,
                    CHANGING,
                    TWO_HOPS,
                    HOP_BY_HEART,
                    CROSS_LINGUAL,
                    KNOWN_FACT,
                    UNSEEN_MEMORY -> (context, question) -> question.answerable();
            case FAQ_EXACT -> BaseSuite::inItsOwnWords;
            case FAQ_PARAPHRASED -> (context, question) -> !inItsOwnWords(context, question);
            case OTHER_RELATION, SIMILAR_NAME, FRESH_NAME, FAMILY_MISSING, HOP_MISSING, UNKNOWN_SUBJECT ->
                (context, question) -> !question.answerable();
        };
    }

    private static boolean inItsOwnWords(Context context, Question question) {
        return context.passages().stream().anyMatch(passage -> passage.startsWith(question.text()));
    }
}
