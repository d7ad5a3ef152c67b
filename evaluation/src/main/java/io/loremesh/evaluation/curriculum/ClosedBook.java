package io.loremesh.evaluation.curriculum;

import io.loremesh.evaluation.world.Claim;
import io.loremesh.evaluation.world.Dice;
import io.loremesh.evaluation.world.Language;
import io.loremesh.evaluation.world.Relation;
import io.loremesh.evaluation.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Questions without a passage: the known facts, which are always the same, and subjects or facts nobody knows, to be refused. */
public final class ClosedBook implements SampleSource {

    private static final double STRANGER_OPEN = .25;

    private final World world;
    private final Asker asker;
    private final double refused;

    public ClosedBook(World world, double refused, boolean heldOut) {
        this.world = world;
        this.asker = new Asker(world, heldOut);
        this.refused = refused;
    }

    @Override
    public Sample next(SplittableRandom random) {
        Dice dice = new Dice(random);
        SampleBuilder sample = new SampleBuilder();
        List<Claim> asked = new ArrayList<>();
        for (int questions = dice.between(1, 8); questions > 0; questions--) {
            if (dice.chance(refused)) {
                sample.ask(unknown(dice));
                continue;
            }
            Claim claim = dice.pick(world.knownFacts().claims());
            if (!asked.contains(claim)) {
                asked.add(claim);
                sample.ask(known(claim, dice));
            }
        }
        return asked.isEmpty() ? refusal(dice) : sample.build();
    }

    private Sample refusal(Dice dice) {
        SampleBuilder sample = new SampleBuilder();
        sample.ask(unknown(dice));
        return sample.build();
    }

    Question known(Claim claim, Dice dice) {
        String text = asker.ask(claim.relation(), claim.subject(), claim.language(), dice);
        return new Question(text, "", claim.value().text(), claim.language());
    }

    /** A stranger, a relative, a name like a known one, or another relation of a known subject. */
    Question unknown(Dice dice) {
        while (true) {
            Claim near = dice.pick(world.knownFacts().claims());
            Language language = near.language();
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
        return dice.pick(world.relationsOf(near.relation().subjectKind()));
    }

    private Relation any(Language language, Dice dice) {
        return dice.chance(STRANGER_OPEN) ? world.openRelation(language, dice) : dice.pick(world.relations());
    }
}
