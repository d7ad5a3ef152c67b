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
 * Facts that have changed: what was true before and what is true now, asked for now, for then, or without a time, which
 * means now.
 */
public final class ChangingReading implements ContextSource {

    private static final double ASKED_FOR_THEN = .3;
    private static final double SAID_NOW = .4;

    private final World world;
    private final Teller teller;
    private final Asker asker;
    private final Missing missing;
    private final Quiz quiz;
    private final List<Relation> changing;

    public ChangingReading(World world, Wording wording) {
        this.world = world;
        this.teller = new Teller(world, 0, 0, 0, wording.ofPassages());
        this.asker = new Asker(world, wording);
        this.missing = new Missing(world, asker);
        this.quiz = new Quiz(.2);
        this.changing = world.relations().stream().filter(Relation::changing).toList();
    }

    @Override
    public Context draw(Language language, Dice dice) {
        Relation relation = dice.pick(changing);
        List<Claim> present = new ArrayList<>();
        List<String> passages = new ArrayList<>();
        List<Supplier<Question>> answerable = new ArrayList<>();
        for (int i = dice.between(1, 2); i > 0; i--) {
            String subject = world.subject(relation, language, dice);
            Claim before = world.claim(relation, subject, language, dice);
            Claim now = world.claim(relation, subject, language, dice);
            int year = dice.between(1990, 2020);
            String then = dice.chance(.5) ? year + "" : "";
            passages.add(timed(then.isEmpty() ? "before" : "in", then, teller.sentence(before, dice), language, dice));
            String since = String.valueOf(dice.between(year + 1, 2030));
            passages.add(timed(dice.chance(.5) ? "since" : "now", since, teller.sentence(now, dice), language, dice));
            present.add(now);
            answerable.add(() -> dice.chance(ASKED_FOR_THEN)
                    ? question(before, then.isEmpty() ? "before" : "in", then, language, dice)
                    : question(now, dice.chance(SAID_NOW) ? "now" : "", "", language, dice));
        }
        List<Question> questions = quiz.draw(answerable, () -> missing.ask(present, language, dice), dice);
        return Context.shuffled(passages, questions, dice);
    }

    private Question question(Claim claim, String time, String year, Language language, Dice dice) {
        String text = asker.plain(claim.relation(), claim.subject(), language, dice);
        String asked = time.isEmpty() ? text : timed(time, year, text, language, dice);
        return new Question(asked, claim.subject(), claim.value().text(), language);
    }

    private String timed(String time, String year, String sentence, Language language, Dice dice) {
        String wrapping = dice.pick(world.phrases(language, time));
        boolean within = !wrapping.startsWith("{x}");
        return wrapping.replace("{y}", year).replace("{x}", within ? Teller.continued(sentence) : sentence);
    }
}
