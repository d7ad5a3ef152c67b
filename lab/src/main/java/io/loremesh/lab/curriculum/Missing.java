package io.loremesh.lab.curriculum;

import io.loremesh.lab.world.Claim;
import io.loremesh.lab.world.Relation;
import io.loremesh.lab.world.World;
import io.loremesh.model.answer.Language;
import io.loremesh.model.statistic.Dice;
import java.util.List;

/**
 * Questions that a context does not answer though they look as if: another relation of its subject, a similar name, a
 * fresh name, anything else.
 */
record Missing(World world, Asker asker) {

    Question ask(List<Claim> context, Language language, Dice dice) {
        double kind = dice.random().nextDouble();
        return ask(
                kind < .45
                        ? MissingKind.OTHER_RELATION
                        : kind < .75
                                ? MissingKind.SIMILAR_NAME
                                : kind < .9 ? MissingKind.FRESH_NAME : MissingKind.ANYTHING,
                context,
                language,
                dice);
    }

    /** Asks in the claim's own language where its relation speaks no other. */
    Question ask(MissingKind kind, List<Claim> context, Language language, Dice dice) {
        while (true) {
            Claim claim = dice.pick(context);
            Language spoken = claim.relation().speaks(language) ? language : claim.language();
            Relation relation =
                    switch (kind) {
                        case OTHER_RELATION -> other(claim, context, spoken, dice);
                        case SIMILAR_NAME, FRESH_NAME -> claim.relation();
                        case ANYTHING -> world.anyRelation(dice);
                    };
            String subject =
                    switch (kind) {
                        case OTHER_RELATION -> claim.subject();
                        case SIMILAR_NAME -> similar(claim, dice);
                        case FRESH_NAME, ANYTHING -> world.subject(relation, spoken, dice);
                    };
            if (context.stream().noneMatch(known -> clashes(known, relation, subject))) {
                return Question.unanswerable(asker.ask(relation, subject, spoken, dice), spoken);
            }
        }
    }

    private String similar(Claim claim, Dice dice) {
        return claim.relation().subjectKind().equals("role")
                ? world.role(claim.language(), dice)
                : world.names().similar(claim.subject(), dice);
    }

    /** Half of the time a relation that the context states of somebody else: the strongest temptation. */
    private Relation other(Claim claim, List<Claim> context, Language language, Dice dice) {
        Relation stated = dice.pick(context).relation();
        boolean fits = stated.speaks(language)
                && (stated.open() || world.kin(claim.relation()).contains(stated));
        if (fits && dice.chance(.6)) {
            return stated;
        }
        List<Relation> kin = world.kin(claim.relation());
        if (claim.relation().open() && dice.chance(.15)) {
            return world.similarRelation(claim.relation(), claim.language(), dice);
        }
        return kin.size() < 2 || dice.chance(.25) ? world.openRelation(language, dice) : dice.pick(kin);
    }

    /** A role is said in many ways ("dad", "my father"), so a synonym counts as the same subject. */
    private boolean clashes(Claim known, Relation relation, String subject) {
        return known.relation().id().equals(relation.id())
                && (known.subject().equals(subject)
                        || relation.subjectKind().equals("role")
                                && world.sameRole(known.subject(), subject, known.language()));
    }
}
