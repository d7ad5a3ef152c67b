package io.loremesh.lab.curriculum;

import io.loremesh.lab.world.Claim;
import io.loremesh.lab.world.Relation;
import io.loremesh.lab.world.Wording;
import io.loremesh.lab.world.World;
import io.loremesh.model.answer.Language;
import io.loremesh.model.statistic.Dice;
import java.util.ArrayList;
import java.util.List;

/**
 * Questions without a passage: the known facts, which are always the same, and subjects or facts nobody knows, to be
 * refused.
 */
public final class ClosedBook implements ContextSource {

    private static final double STRANGER_OPEN = .25;

    private final World world;
    private final Asker asker;
    private final double refused;

    public ClosedBook(World world, double refused, Wording wording) {
        this.world = world;
        this.asker = new Asker(world, wording);
        this.refused = refused;
    }

    @Override
    public Context draw(Language language, Dice dice) {
        List<Claim> facts = world.knownFacts().in(language);
        List<Claim> asked = new ArrayList<>();
        List<Question> questions = new ArrayList<>();
        for (int i = dice.between(1, 8); i > 0; i--) {
            Claim claim = dice.pick(facts);
            if (dice.chance(refused)) {
                questions.add(unknown(language, dice));
            } else if (!asked.contains(claim)) {
                asked.add(claim);
                questions.add(known(claim, dice));
            }
        }
        return new Context(List.of(), questions);
    }

    private Question known(Claim claim, Dice dice) {
        String text = asker.ask(claim.relation(), claim.subject(), claim.language(), dice);
        return new Question(text, "", claim.value().text(), claim.language());
    }

    /** A stranger, a relative, a name like a known one, or another relation of a known subject. */
    private Question unknown(Language language, Dice dice) {
        while (true) {
            Claim near = dice.pick(world.knownFacts().in(language));
            double kind = dice.random().nextDouble();
            Relation relation = kind < .2 ? other(near, dice) : kind < .4 ? near.relation() : any(language, dice);
            String subject = kind < .2
                    ? near.subject()
                    : kind < .4
                            ? world.names().similar(near.subject(), dice)
                            : kind < .6 ? world.role(language, dice) : world.subject(relation, language, dice);
            boolean known = world.knownFacts().claims().stream().anyMatch(claim -> claim.sameSlot(relation, subject));
            if (!known) {
                return Question.unanswerable(asker.ask(relation, subject, language, dice), language);
            }
        }
    }

    private Relation other(Claim near, Dice dice) {
        return dice.pick(world.kin(near.relation()));
    }

    private Relation any(Language language, Dice dice) {
        return dice.chance(STRANGER_OPEN) ? world.openRelation(language, dice) : world.anyRelation(dice);
    }
}
