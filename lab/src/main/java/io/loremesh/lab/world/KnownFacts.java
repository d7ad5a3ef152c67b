package io.loremesh.lab.world;

import io.loremesh.model.answer.Language;
import io.loremesh.model.statistic.Dice;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** The facts that a base learns by heart: always the same for a world seed. */
public record KnownFacts(List<Claim> claims) {

    private static final int FACTS = 160;
    private static final Set<String> NAMELESS = Set.of("role", "words");

    public KnownFacts {
        claims = List.copyOf(claims);
    }

    static KnownFacts of(World world) {
        Dice dice = new Dice(new SplittableRandom(world.seeds().world() * 31 + 17));
        List<Claim> claims = new ArrayList<>();
        Set<String> subjects = new HashSet<>();
        while (claims.size() < FACTS) {
            Language language = claims.size() % 2 == 0 ? Language.ZH : Language.EN;
            Relation relation = world.anyRelation(dice);
            if (NAMELESS.contains(relation.subjectKind())) {
                continue;
            }
            String subject = world.subject(relation, language, dice);
            if (subjects.add(subject)) {
                claims.add(world.claim(relation, subject, language, dice));
            }
        }
        return new KnownFacts(claims);
    }

    public List<Claim> in(Language language) {
        return claims.stream().filter(claim -> claim.language() == language).toList();
    }

    /** Whether the facts say anything of this subject. */
    public boolean knows(String subject) {
        return claims.stream().anyMatch(claim -> claim.subject().equals(subject));
    }
}
