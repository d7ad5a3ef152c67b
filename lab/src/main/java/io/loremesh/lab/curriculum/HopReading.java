package io.loremesh.lab.curriculum;

import io.loremesh.lab.world.Claim;
import io.loremesh.lab.world.Relation;
import io.loremesh.lab.world.Value;
import io.loremesh.lab.world.Wording;
import io.loremesh.lab.world.World;
import io.loremesh.model.answer.Language;
import io.loremesh.model.statistic.Dice;
import java.util.ArrayList;
import java.util.List;

/**
 * Questions that take two or three passages: "Where does the founder of X live?". No step can be skipped, for another
 * subject has the last relation too.
 */
public final class HopReading implements ContextSource {

    private static final double THIRD_STEP = .15;
    private static final double BROKEN = .25;
    private static final double SINGLE_STEP = .15;

    private final World world;
    private final Teller teller;
    private final Asker asker;

    public HopReading(World world, Wording wording) {
        this.world = world;
        this.teller = new Teller(world, .1, 0, 0, wording.ofPassages());
        this.asker = new Asker(world, wording);
    }

    @Override
    public Context draw(Language language, Dice dice) {
        List<Claim> chain = chain(dice.chance(THIRD_STEP) ? 3 : 2, language, dice);
        boolean broken = dice.chance(BROKEN);
        List<Claim> told = told(chain, broken, language, dice);
        List<Question> questions = new ArrayList<>(List.of(question(chain, broken, dice)));
        for (Claim claim : told) {
            if (dice.chance(SINGLE_STEP)) {
                String text = asker.ask(claim.relation(), claim.subject(), language, dice);
                questions.add(new Question(text, claim.subject(), claim.value().text(), language));
            }
        }
        return Context.shuffled(passages(told, dice), questions, dice);
    }

    /** A context with a single question over so many passages; broken where the last of them is missing. */
    public Context draw(int steps, boolean broken, Language language, Dice dice) {
        List<Claim> chain = chain(steps, language, dice);
        List<String> passages = passages(told(chain, broken, language, dice), dice);
        return Context.shuffled(passages, new ArrayList<>(List.of(question(chain, broken, dice))), dice);
    }

    /** A context whose question takes a passage and then a fact known by heart. */
    public Context drawByHeart(Language language, Dice dice) {
        while (true) {
            Claim known = dice.pick(world.knownFacts().in(language));
            List<Relation> steps = world.steps().stream()
                    .filter(step -> step.valueKind().equals(known.relation().subjectKind()))
                    .toList();
            if (!steps.isEmpty()) {
                Relation step = dice.pick(steps);
                Value value = new Value(known.subject(), "", false);
                Claim first = new Claim(step, world.subject(step, language, dice), value, language);
                return new Context(
                        List.of(teller.sentence(first, dice)), List.of(question(List.of(first, known), false, dice)));
            }
        }
    }

    private Question question(List<Claim> chain, boolean broken, Dice dice) {
        Claim last = chain.getLast();
        String subject = chain.getFirst().subject();
        for (Claim claim : chain.subList(0, chain.size() - 1)) {
            subject = claim.relation().nounPhrase(subject, claim.language(), dice);
        }
        String text = asker.plain(last.relation(), subject, last.language(), dice);
        return broken
                ? Question.unanswerable(text, last.language())
                : new Question(text, subject, last.value().text(), last.language());
    }

    private List<Claim> told(List<Claim> chain, boolean broken, Language language, Dice dice) {
        Relation last = chain.getLast().relation();
        List<Claim> told = new ArrayList<>(broken ? chain.subList(0, chain.size() - 1) : chain);
        for (int i = dice.between(1, 2); i > 0; i--) {
            told.add(world.claim(last, world.subject(last, language, dice), language, dice));
        }
        return told;
    }

    private List<String> passages(List<Claim> told, Dice dice) {
        List<String> passages = new ArrayList<>();
        told.forEach(claim -> passages.add(teller.sentence(claim, dice)));
        return passages;
    }

    private List<Claim> chain(int steps, Language language, Dice dice) {
        List<Claim> chain = new ArrayList<>();
        Relation step = dice.pick(world.steps());
        String subject = world.subject(step, language, dice);
        while (chain.size() < steps - 1) {
            Claim claim = world.claim(step, subject, language, dice);
            chain.add(claim);
            subject = claim.value().text();
            List<Relation> further = following(step, world.steps());
            if (chain.size() == steps - 1 || further.isEmpty()) {
                break;
            }
            step = dice.pick(further);
        }
        Relation last = dice.pick(following(step, world.relations()));
        chain.add(world.claim(last, subject, language, dice));
        return chain;
    }

    private static List<Relation> following(Relation step, List<Relation> relations) {
        return relations.stream()
                .filter(relation -> relation.subjectKind().equals(step.valueKind()))
                .toList();
    }
}
