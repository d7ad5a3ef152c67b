package io.loremesh.lab.suite;

import io.loremesh.lab.world.Claim;
import io.loremesh.lab.world.Family;
import io.loremesh.lab.world.Family.Member;
import io.loremesh.lab.world.Relation;
import io.loremesh.lab.world.Relation.Origin;
import io.loremesh.lab.world.Value;
import io.loremesh.lab.world.Wording;
import io.loremesh.lab.world.World;
import io.loremesh.lab.world.WorldSeeds;
import io.loremesh.model.answer.Language;
import io.loremesh.model.statistic.Dice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What fine-tunes of a base are measured by: facts to learn, and questions so close to them that a fine-tune may answer
 * what nobody told it. Determined by the world's seeds and the draw; safe for concurrent use.
 */
public final class TuningSuite {

    /** Facts of a family to learn. */
    public static final int FAMILY_FACTS = 9;

    private static final int TRAINED = 4;
    private static final int HELD_OUT = 2;
    private static final int FAMILY_HELD_OUT = 1;

    /** Kinds of subjects that are no names: the next sample's "my uncle" would be this one's. */
    private static final Set<String> NAMELESS = Set.of("role", "words");

    private final World world;
    private final Map<Language, Set<String>> shared;

    public TuningSuite(WorldSeeds seeds) {
        this.world = new World(seeds);
        this.shared = FactPhrasings.shared(world);
    }

    /**
     * Facts of as many subjects that nobody knows, in turn Chinese and English; each is given to the fine-tune in four
     * questions and asked in two that neither it nor the base was ever given.
     *
     * @param draw which of the many sets of this size
     */
    public List<NewFact> facts(int count, long draw) {
        Dice dice = dice(draw, count);
        FactPhrasings phrasings = new FactPhrasings(shared, TRAINED, HELD_OUT);
        List<Relation> relations = world.relations().stream()
                .filter(relation -> relation.origin() == Origin.WRITTEN)
                .filter(relation -> !NAMELESS.contains(relation.subjectKind()))
                .toList();
        List<NewFact> facts = new ArrayList<>();
        while (facts.size() < count) {
            Language language = Language.values()[facts.size() % Language.values().length];
            Relation relation = dice.pick(relations);
            String subject = world.subject(relation, language, dice);
            if (phrasings.suffice(relation, language) && isNew(subject, facts)) {
                facts.add(phrasings.ask(world.claim(relation, subject, language, dice), dice));
            }
        }
        return List.copyOf(facts);
    }

    /** Nine facts of one family; each is given to the fine-tune in four questions and asked in a fifth. */
    public List<NewFact> family(Language language, long draw) {
        Dice dice = dice(draw, -1 - language.ordinal());
        FactPhrasings phrasings = new FactPhrasings(shared, TRAINED, FAMILY_HELD_OUT);
        while (true) {
            List<Claim> claims = new ArrayList<>();
            for (Member member : Family.draw(world, language, dice).members()) {
                claims.addAll(claims(member, language, dice));
            }
            claims.removeIf(claim -> !phrasings.suffice(claim.relation(), language));
            if (claims.size() >= FAMILY_FACTS && unambiguous(claims)) {
                dice.shuffle(claims);
                return claims.subList(0, FAMILY_FACTS).stream()
                        .map(claim -> phrasings.ask(claim, dice))
                        .toList();
            }
        }
    }

    /**
     * What was taught of some, asked of others whom nobody told of, with similar and with fresh names: to be refused.
     *
     * @param facts of one language
     */
    public List<Probe> neighbours(List<NewFact> facts, int n, long draw) {
        Dice dice = dice(draw, facts.size());
        List<Probe> probes = new ArrayList<>();
        while (probes.size() < n && !facts.isEmpty()) {
            Claim near = facts.get(probes.size() % facts.size()).claim();
            String stranger = dice.chance(.5)
                    ? world.names().similar(near.subject(), dice)
                    : world.subject(near.relation(), near.language(), dice);
            if (!world.knownFacts().knows(stranger)
                    && facts.stream().noneMatch(fact -> fact.claim().subject().equalsIgnoreCase(stranger))) {
                String question = dice.pick(near.relation().in(near.language()).questions(Wording.TRAINED))
                        .fill(stranger, "", near.relation().word());
                probes.add(new Probe(List.of(), question, Set.of(), false));
            }
        }
        return List.copyOf(probes);
    }

    /** A member is asked about by one name or role throughout, its name by the role. */
    private static List<Claim> claims(Member member, Language language, Dice dice) {
        String subject = member.named() && dice.chance(.5) ? member.name() : member.role();
        List<Claim> claims = new ArrayList<>();
        member.facts().forEach((relation, value) -> claims.add(claim(relation, subject, member, value, language)));
        return claims;
    }

    private static Claim claim(Relation relation, String subject, Member member, Value value, Language language) {
        return new Claim(relation, relation.id().equals("name") ? member.role() : subject, value, language);
    }

    /** Whether no two of the claims say something of the same subject under the same relation. */
    private static boolean unambiguous(List<Claim> claims) {
        return claims.stream()
                .allMatch(claim -> claims.stream()
                                .filter(other -> other.sameSlot(claim.relation(), claim.subject()))
                                .count()
                        == 1);
    }

    /**
     * Whether the base knows nothing of it, and its name is no part of another one's here: a question about the one
     * would name both.
     */
    private boolean isNew(String subject, List<NewFact> facts) {
        String name = subject.toLowerCase(Locale.ROOT);
        return !world.knownFacts().knows(subject)
                && facts.stream()
                        .map(fact -> fact.claim().subject().toLowerCase(Locale.ROOT))
                        .noneMatch(other -> other.contains(name) || name.contains(other));
    }

    /** The split seed keeps these draws apart from those of training. */
    private Dice dice(long draw, long kind) {
        return new Dice(new SplittableRandom(draw * 1_000_003 + world.seeds().split() * 7919 + kind * 31 + 15));
    }
}
