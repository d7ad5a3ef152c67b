package io.loremesh.lab.curriculum;

import io.loremesh.lab.world.Claim;
import io.loremesh.lab.world.Relation;
import io.loremesh.lab.world.Wording;
import io.loremesh.lab.world.World;
import io.loremesh.model.answer.Language;
import io.loremesh.model.statistic.Dice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A whole paragraph about a company, a product, a person, a law … as one passage: several sentences, the later ones
 * with "it" or "the company".
 */
public final class ParagraphReading implements ContextSource {

    private static final List<String> KINDS =
            List.of("company", "company", "product", "product", "person", "city", "rule", "project", "system", "pet");
    private static final double TWO_SUBJECTS = .35;
    private static final double REFERRED = .6;

    private final World world;
    private final Teller teller;
    private final Asker asker;
    private final Missing missing;
    private final Quiz quiz;

    public ParagraphReading(World world, double unanswerable, Wording wording) {
        this.world = world;
        this.teller = new Teller(world, 0, 0, 0, wording.ofPassages());
        this.asker = new Asker(world, wording);
        this.missing = new Missing(world, asker);
        this.quiz = new Quiz(unanswerable);
    }

    @Override
    public Context draw(Language language, Dice dice) {
        return draw(dice.pick(KINDS), language, dice);
    }

    /** A paragraph about one or two subjects of that kind. */
    public Context draw(String kind, Language language, Dice dice) {
        int subjects = dice.chance(TWO_SUBJECTS) ? 2 : 1;
        List<Claim> claims = new ArrayList<>();
        StringBuilder paragraph = new StringBuilder();
        for (int i = 0; i < subjects; i++) {
            List<Claim> about = about(kind, dice.between(2, subjects == 1 ? 7 : 4), language, dice);
            if (claims.stream()
                    .noneMatch(known -> known.subject().equals(about.getFirst().subject()))) {
                claims.addAll(about);
                tell(about, kind, paragraph, language, dice);
            }
        }
        List<Supplier<Question>> answerable = new ArrayList<>();
        for (Claim claim : claims) {
            answerable.add(() -> new Question(
                    asker.ask(claim.relation(), claim.subject(), language, dice),
                    claim.subject(),
                    claim.value().text(),
                    language));
        }
        List<Question> questions = quiz.draw(answerable, () -> missing.ask(claims, language, dice), dice);
        return Context.shuffled(new ArrayList<>(List.of(paragraph.toString().strip())), questions, dice);
    }

    private List<Claim> about(String kind, int count, Language language, Dice dice) {
        List<Relation> relations =
                new ArrayList<>(dice.chance(.75) ? world.relationsOf(kind) : world.attributesOf(kind));
        dice.shuffle(relations);
        String subject = world.names().draw(kind, language, dice);
        return relations.subList(0, Math.min(relations.size(), count)).stream()
                .map(relation -> world.claim(relation, subject, language, dice))
                .toList();
    }

    /** One to three claims a sentence. */
    private void tell(List<Claim> claims, String kind, StringBuilder paragraph, Language language, Dice dice) {
        List<String> references = world.phrases(language, "it." + kind);
        for (int from = 0; from < claims.size(); ) {
            int to = Math.min(claims.size(), from + dice.between(1, 3));
            List<Claim> together = claims.subList(from, to);
            boolean referred = from > 0 && dice.chance(REFERRED);
            String subject =
                    referred ? dice.pick(references) : claims.getFirst().subject();
            List<Claim> said = together.stream()
                    .map(claim -> new Claim(claim.relation(), subject, claim.value(), claim.language()))
                    .toList();
            paragraph
                    .append(language == Language.EN ? " " : "")
                    .append(said.size() == 1 ? teller.sentence(said.getFirst(), dice) : teller.sentence(said, dice));
            from = to;
        }
    }
}
