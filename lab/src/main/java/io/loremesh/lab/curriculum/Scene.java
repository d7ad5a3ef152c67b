package io.loremesh.lab.curriculum;

import io.loremesh.lab.world.Claim;
import io.loremesh.lab.world.Relation;
import io.loremesh.lab.world.World;
import io.loremesh.model.answer.Language;
import io.loremesh.model.statistic.Dice;
import java.util.ArrayList;
import java.util.List;

/** Draws the claims of one context, so that they distract from one another in the way the specification asks for. */
record Scene(World world, ReadingSpec spec) {

    private static final double OPEN_BESIDE = .25;

    List<Claim> draw(Language language, Dice dice) {
        int facts = dice.between(spec.minFacts(), spec.maxFacts());
        double shape = dice.random().nextDouble();
        Relation relation = relation(language, dice);
        if (facts == 1
                || shape
                        >= spec.scenes().same()
                                + spec.scenes().subject()
                                + spec.scenes().grid()) {
            return unrelated(facts, relation, language, dice);
        }
        if (shape < spec.scenes().same()) {
            return table(subjects(relation, facts, language, dice), List.of(relation), language, dice);
        }
        boolean oneSubject = shape < spec.scenes().same() + spec.scenes().subject();
        List<Relation> relations = besides(relation, oneSubject ? facts : 2, language, dice);
        List<Claim> claims = table(subjects(relation, oneSubject ? 1 : 2, language, dice), relations, language, dice);
        while (claims.size() > facts) {
            claims.remove(dice.random().nextInt(claims.size()));
        }
        return claims;
    }

    private List<Claim> unrelated(int facts, Relation first, Language language, Dice dice) {
        List<Claim> claims = new ArrayList<>();
        Relation relation = first;
        String subject = world.subject(first, language, dice);
        while (claims.size() < facts) {
            claims.add(world.claim(relation, subject, language, dice));
            relation = relation(language, dice);
            subject = dice.chance(spec.scenes().similar()) && relation.open()
                    ? world.names().similar(subject, dice)
                    : world.subject(relation, language, dice);
        }
        return distinct(claims);
    }

    private List<Claim> table(List<String> subjects, List<Relation> relations, Language language, Dice dice) {
        List<Claim> claims = new ArrayList<>();
        for (String subject : subjects) {
            for (Relation relation : relations) {
                claims.add(world.claim(relation, subject, language, dice));
            }
        }
        return distinct(claims);
    }

    private List<String> subjects(Relation relation, int count, Language language, Dice dice) {
        List<String> subjects = new ArrayList<>();
        boolean similar = dice.chance(spec.scenes().similar());
        while (subjects.size() < count) {
            subjects.add(
                    similar && !subjects.isEmpty() && !relation.subjectKind().equals("role")
                            ? world.names().similar(dice.pick(subjects), dice)
                            : world.subject(relation, language, dice));
        }
        return subjects;
    }

    /** The relation and others that its subjects may have; sometimes open ones among them. */
    private List<Relation> besides(Relation relation, int count, Language language, Dice dice) {
        List<Relation> kin = world.kin(relation);
        List<Relation> relations = new ArrayList<>(List.of(relation));
        for (int tries = 0; relations.size() < count && tries < 20; tries++) {
            Relation other = kin.size() < 2 || dice.chance(spec.open() > 0 ? OPEN_BESIDE : 0)
                    ? openBeside(relation, language, dice)
                    : dice.pick(kin);
            if (relations.stream().noneMatch(known -> known.id().equals(other.id()))) {
                relations.add(other);
            }
        }
        return relations;
    }

    Relation openBeside(Relation relation, Language language, Dice dice) {
        return relation.open() && dice.chance(.3)
                ? world.similarRelation(relation, language, dice)
                : world.openRelation(language, dice);
    }

    Relation relation(Language language, Dice dice) {
        return dice.chance(spec.open()) ? world.openRelation(language, dice) : world.anyRelation(dice);
    }

    private static List<Claim> distinct(List<Claim> claims) {
        List<Claim> distinct = new ArrayList<>();
        for (Claim claim : claims) {
            if (distinct.stream().noneMatch(known -> known.sameSlot(claim.relation(), claim.subject()))) {
                distinct.add(claim);
            }
        }
        return distinct;
    }
}
