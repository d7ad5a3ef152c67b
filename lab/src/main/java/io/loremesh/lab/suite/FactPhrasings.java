package io.loremesh.lab.suite;

import io.loremesh.lab.world.Claim;
import io.loremesh.lab.world.Relation;
import io.loremesh.lab.world.Template;
import io.loremesh.lab.world.Wording;
import io.loremesh.lab.world.World;
import io.loremesh.model.answer.AnswerText;
import io.loremesh.model.answer.Language;
import io.loremesh.model.statistic.Dice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The questions of the facts of one fine-tune. All facts of a relation hold out the same templates, or what is held out
 * for one would be made of the other by the trainer, which asks a fact in every template that it does not hold out. Not
 * safe for concurrent use.
 */
final class FactPhrasings {

    private final Map<Language, Set<String>> shared;
    private final int trained;
    private final int heldOut;
    private final Map<Language, Map<Relation, List<Template>>> chosen = new HashMap<>();

    /**
     * @param shared of the world that the facts are drawn from
     * @param trained questions of each fact that the fine-tune is given
     * @param heldOut questions of each fact that it is not
     */
    FactPhrasings(Map<Language, Set<String>> shared, int trained, int heldOut) {
        this.shared = shared;
        this.trained = trained;
        this.heldOut = heldOut;
    }

    /** Question templates that more than one relation has, by language. */
    static Map<Language, Set<String>> shared(World world) {
        return Arrays.stream(Language.values())
                .collect(Collectors.toMap(Function.identity(), language -> shared(world, language)));
    }

    /** Whether the relation has templates enough of its own. */
    boolean suffice(Relation relation, Language language) {
        return own(relation, language, Wording.TRAINED).size() >= trained
                && own(relation, language, Wording.HELD_OUT).size() >= heldOut;
    }

    NewFact ask(Claim claim, Dice dice) {
        Language language = claim.language();
        List<Template> unseen = chosen.computeIfAbsent(language, key -> new HashMap<>())
                .computeIfAbsent(
                        claim.relation(), relation -> pick(heldOut, own(relation, language, Wording.HELD_OUT), dice));
        List<Template> given = pick(trained, own(claim.relation(), language, Wording.TRAINED), dice);
        return new NewFact(claim, filled(given, claim), filled(unseen, claim));
    }

    /**
     * The relation's templates that ask for nothing but it: of what two relations ask in the same words, neither could
     * be held out.
     */
    private List<Template> own(Relation relation, Language language, Wording wording) {
        return relation.in(language).questions(wording).stream()
                .filter(template -> !shared.get(language).contains(normalised(template)))
                .toList();
    }

    private static Set<String> shared(World world, Language language) {
        return world.relations().stream()
                .flatMap(relation -> relation.in(language).everyQuestion().stream()
                        .map(FactPhrasings::normalised)
                        .distinct())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                .entrySet()
                .stream()
                .filter(text -> text.getValue() > 1)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static String normalised(Template template) {
        return AnswerText.normalise(template.text());
    }

    private static List<Template> pick(int count, List<Template> templates, Dice dice) {
        List<Template> shuffled = new ArrayList<>(templates);
        dice.shuffle(shuffled);
        return List.copyOf(shuffled.subList(0, count));
    }

    private static List<String> filled(List<Template> templates, Claim claim) {
        return templates.stream()
                .map(template ->
                        template.fill(claim.subject(), "", claim.relation().word()))
                .toList();
    }
}
