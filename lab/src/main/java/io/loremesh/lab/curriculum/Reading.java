package io.loremesh.lab.curriculum;

import io.loremesh.lab.world.Claim;
import io.loremesh.lab.world.Relation;
import io.loremesh.lab.world.World;
import io.loremesh.model.answer.Language;
import io.loremesh.model.statistic.Dice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Reading: a few sentences about subjects nobody has met, then questions about them, in one sequence. The names are
 * fresh in every sample.
 */
public final class Reading implements ContextSource {

    private static final double COMPOUND = .25;
    private static final double INVERSE = .05;

    private final ReadingSpec spec;
    private final Scene scene;
    private final Teller teller;
    private final Asker asker;
    private final Missing missing;
    private final Quiz quiz;

    public Reading(World world, ReadingSpec spec) {
        this.spec = spec;
        this.scene = new Scene(world, spec);
        this.teller = new Teller(
                world,
                spec.forms().objectFirst(),
                spec.forms().faq(),
                spec.forms().twice(),
                spec.wording().ofPassages());
        this.asker = new Asker(world, spec.wording());
        this.missing = new Missing(world, asker);
        this.quiz = new Quiz(spec.unanswerable());
    }

    @Override
    public Context draw(Language language, Dice dice) {
        List<Stated> stated = tell(scene.draw(language, dice), dice);
        List<Claim> claims = stated.stream().map(Stated::claim).toList();
        List<Supplier<Question>> answerable = stated.stream()
                .<Supplier<Question>>map(each -> () -> question(each, claims, dice))
                .toList();
        List<Question> questions = quiz.draw(answerable, () -> missing.ask(claims, language, dice), dice);
        return Context.shuffled(passages(stated), questions, dice);
    }

    /** A context with one question that it does not answer in the given way. */
    public Context drawMissing(MissingKind kind, Language language, Dice dice) {
        List<Stated> stated = tell(scene.draw(language, dice), dice);
        List<Claim> claims = stated.stream().map(Stated::claim).toList();
        Question question = missing.ask(kind, claims, language, dice);
        return Context.shuffled(passages(stated), new ArrayList<>(List.of(question)), dice);
    }

    private static List<String> passages(List<Stated> stated) {
        List<String> passages = new ArrayList<>();
        stated.forEach(each -> passages.addAll(each.passages()));
        return passages;
    }

    private List<Stated> tell(List<Claim> claims, Dice dice) {
        List<Stated> stated = new ArrayList<>();
        boolean oneSubject = claims.stream().map(Claim::subject).distinct().count() == 1;
        if (claims.size() > 1 && oneSubject && dice.chance(COMPOUND)) {
            String sentence = teller.sentence(claims, dice);
            for (Claim claim : claims) {
                List<String> passages = stated.isEmpty() ? List.of(sentence) : List.of();
                stated.add(new Stated(claim, passages, "", claim.value().text(), List.of(claim.subject())));
            }
            return stated;
        }
        for (Claim claim : claims) {
            stated.add(teller.tell(translated(claim, dice), List.of(claim.subject()), dice));
        }
        return stated;
    }

    /** Now and then a passage in the other language: its question may then be in either. */
    private Claim translated(Claim claim, Dice dice) {
        Language other = claim.language() == Language.ZH ? Language.EN : Language.ZH;
        return dice.chance(spec.forms().foreign()) && claim.relation().speaks(other)
                ? new Claim(claim.relation(), claim.subject(), claim.value(), other)
                : claim;
    }

    private Question question(Stated stated, List<Claim> context, Dice dice) {
        Claim claim = stated.claim();
        Relation relation = claim.relation();
        if (dice.chance(INVERSE) && invertible(stated, context)) {
            String text = dice.pick(relation.in(claim.language()).inverse())
                    .fill("", claim.value().text(), relation.word());
            return new Question(text, claim.value().text(), claim.subject(), claim.language());
        }
        Language other = claim.language() == Language.ZH ? Language.EN : Language.ZH;
        Language language = dice.chance(spec.forms().foreign()) && relation.speaks(other) ? other : claim.language();
        String subject = dice.pick(stated.askAs());
        return new Question(text(stated, subject, language, dice), subject, stated.answer(), language);
    }

    /** What a question-and-answer passage answers is mostly asked in the same words, or nearly. */
    private String text(Stated stated, String subject, Language language, Dice dice) {
        double form = dice.random().nextDouble();
        if (spec.wording() != spec.wording().ofPassages()
                || stated.asked().isEmpty()
                || form < .45
                || language != stated.claim().language()) {
            return asker.ask(stated.claim().relation(), subject, language, dice);
        }
        return form < .8 ? stated.asked() : asker.careless(stated.asked(), subject, language, dice);
    }

    private static boolean invertible(Stated stated, List<Claim> context) {
        Claim claim = stated.claim();
        boolean unique = context.stream()
                        .filter(other ->
                                other.value().text().equals(claim.value().text()))
                        .count()
                == 1;
        return unique
                && !claim.relation().in(claim.language()).inverse().isEmpty()
                && stated.passages().stream().anyMatch(passage -> passage.contains(claim.subject()));
    }
}
