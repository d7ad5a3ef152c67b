package io.loremesh.lab.curriculum;

import io.loremesh.lab.world.Claim;
import io.loremesh.lab.world.Family;
import io.loremesh.lab.world.Family.Member;
import io.loremesh.lab.world.Relation;
import io.loremesh.lab.world.Wording;
import io.loremesh.lab.world.World;
import io.loremesh.model.answer.Language;
import io.loremesh.model.statistic.Dice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Reading about a family, whose members are told and asked by role ("哥哥"), by name, or by both. Mostly a few single
 * sentences, as retrieval finds them; sometimes several facts in one sentence, or the whole family.
 */
public final class FamilyReading implements ContextSource {

    private static final double COMPOUND = .2;

    private final World world;
    private final double whole;
    private final Quiz quiz;
    private final Teller teller;
    private final Asker asker;

    /** @param whole share of contexts that tell five to nine facts, at whole families */
    public FamilyReading(World world, double whole, double unanswerable, double faq, Wording wording) {
        this.world = world;
        this.whole = whole;
        this.quiz = new Quiz(unanswerable);
        this.teller = new Teller(world, .06, faq, faq / 3, wording.ofPassages());
        this.asker = new Asker(world, wording);
    }

    /** One fact of a member. */
    private record Entry(Member member, Relation relation) {}

    @Override
    public Context draw(Language language, Dice dice) {
        Family family = Family.draw(world, language, dice);
        List<Entry> chosen = choose(family, dice);
        List<String> passages = new ArrayList<>();
        List<Supplier<Question>> answerable = new ArrayList<>();
        for (List<Entry> together : grouped(chosen, dice)) {
            tell(family, together, chosen, passages, answerable, dice);
        }
        List<Question> questions = quiz.draw(answerable, () -> missing(family, chosen, dice), dice);
        return Context.shuffled(passages, questions, dice);
    }

    private List<Entry> choose(Family family, Dice dice) {
        List<Entry> all = new ArrayList<>();
        for (Member member : family.members()) {
            member.facts().keySet().forEach(relation -> all.add(new Entry(member, relation)));
        }
        dice.shuffle(all);
        int facts = dice.chance(whole) ? dice.between(5, 9) : dice.between(1, 4);
        return all.subList(0, Math.min(all.size(), facts));
    }

    /** Facts to be told in one sentence: those of one member, where the dice say so. */
    private static Collection<List<Entry>> grouped(List<Entry> chosen, Dice dice) {
        Map<Object, List<Entry>> groups = new LinkedHashMap<>();
        boolean compound = dice.chance(COMPOUND);
        for (Entry entry : chosen) {
            groups.computeIfAbsent(compound ? entry.member().role() : entry, key -> new ArrayList<>())
                    .add(entry);
        }
        return groups.values();
    }

    private void tell(
            Family family,
            List<Entry> together,
            List<Entry> chosen,
            List<String> passages,
            List<Supplier<Question>> answerable,
            Dice dice) {
        Member member = together.getFirst().member();
        boolean naming = together.stream().anyMatch(entry -> isName(entry.relation()));
        String subject = naming ? member.role() : form(member, family.language(), dice);
        List<Claim> claims = together.stream()
                .sorted((a, b) -> Boolean.compare(isName(b.relation()), isName(a.relation())))
                .map(entry ->
                        new Claim(entry.relation(), subject, member.facts().get(entry.relation()), family.language()))
                .toList();
        boolean linked = chosen.contains(new Entry(member, world.relation("name")));
        if (claims.size() > 1) {
            passages.add(teller.sentence(claims, dice));
            for (Claim claim : claims) {
                answerable.add(
                        () -> question(claim, "", claim.value().text(), askAs(member, claim, linked, dice), dice));
            }
            return;
        }
        Claim claim = claims.getFirst();
        Stated stated = teller.tell(claim, List.of(), dice);
        passages.addAll(stated.passages());
        answerable.add(
                () -> question(claim, stated.asked(), stated.answer(), askAs(member, claim, linked, dice), dice));
    }

    private Question question(Claim claim, String asked, String answer, String subject, Dice dice) {
        String text = asked.isEmpty() || dice.chance(.5)
                ? asker.ask(claim.relation(), subject, claim.language(), dice)
                : dice.chance(.7) ? asked : asker.careless(asked, subject, claim.language(), dice);
        return new Question(text, subject, answer, claim.language());
    }

    private static boolean isName(Relation relation) {
        return relation.id().equals("name");
    }

    private static String form(Member member, Language language, Dice dice) {
        double form = dice.random().nextDouble();
        if (!member.named() || form < .45) {
            return member.role();
        }
        return form < .8 ? member.name() : both(member, language);
    }

    private static String both(Member member, Language language) {
        return member.role() + (language == Language.EN ? " " : "") + member.name();
    }

    /**
     * The name that the passage used; now and then a synonym, or role for name where the context says whose name it is.
     */
    private static String askAs(Member member, Claim claim, boolean linked, Dice dice) {
        String told = claim.subject();
        boolean byBoth = member.named() && told.equals(both(member, claim.language()));
        if (byBoth && dice.chance(.7) || linked && !isName(claim.relation()) && dice.chance(.3)) {
            return dice.chance(.5) ? member.role() : member.name();
        }
        return told.equals(member.role()) && dice.chance(.12) ? dice.pick(member.roles()) : told;
    }

    /** A relative who is not told of, a stranger, or a fact of a member that the context leaves out. */
    private Question missing(Family family, List<Entry> chosen, Dice dice) {
        Language language = family.language();
        while (true) {
            Entry near = dice.pick(chosen);
            double kind = dice.random().nextDouble();
            if (kind < .4) {
                Relation relation = dice.pick(chosen).relation();
                if (dice.chance(.4) || !suits(near.member(), relation)) {
                    relation = dice.pick(relationsOf(near.member()));
                }
                if (!chosen.contains(new Entry(near.member(), relation))) {
                    String subject = near.member().named() && !isName(relation) && dice.chance(.4)
                            ? near.member().name()
                            : near.member().role();
                    return Question.unanswerable(asker.ask(relation, subject, language, dice), language);
                }
            } else if (kind < .75) {
                String list = dice.chance(.75) ? "role" : "pet-role";
                String absent =
                        world.owned(family.owner(), dice.pick(dice.pick(world.roles(language, list))), language);
                if (family.members().stream().noneMatch(member -> world.sameRole(member.role(), absent, language))) {
                    return Question.unanswerable(asker.ask(near.relation(), absent, language, dice), language);
                }
            } else if (!isName(near.relation())) {
                String stranger = near.member().named() && dice.chance(.5)
                        ? world.names().similar(near.member().name(), dice)
                        : world.names().draw("person", language, dice);
                if (family.members().stream().noneMatch(member -> member.name().equals(stranger))) {
                    return Question.unanswerable(asker.ask(near.relation(), stranger, language, dice), language);
                }
            }
        }
    }

    private static boolean suits(Member member, Relation relation) {
        return member.facts().keySet().stream()
                .anyMatch(known -> known.subjectKind().equals(relation.subjectKind()));
    }

    private List<Relation> relationsOf(Member member) {
        boolean pet = member.facts().keySet().stream()
                .anyMatch(relation -> relation.subjectKind().equals("pet"));
        return pet ? world.relationsOf("pet") : world.relationsOf("person");
    }
}
