package io.loremesh.lab.curriculum;

import io.loremesh.lab.world.Wording;
import io.loremesh.lab.world.World;
import io.loremesh.model.answer.Language;
import io.loremesh.model.statistic.Dice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Question-and-answer passages about anything: free words in the frame of a question, then an answer of free words.
 * Asked in the same words, or nearly; where only some of the words return, nothing is known.
 */
public final class FaqReading implements ContextSource {

    private final World world;
    private final Asker asker;
    private final Quiz quiz;

    public FaqReading(World world, double unanswerable) {
        this.world = world;
        this.asker = new Asker(world, Wording.TRAINED);
        this.quiz = new Quiz(unanswerable);
    }

    private record Entry(String frame, String topic, String word, String answer) {

        String question() {
            return filled(frame, topic, word);
        }

        static String filled(String frame, String topic, String word) {
            return frame.replace("{s}", topic).replace("{r}", word);
        }
    }

    @Override
    public Context draw(Language language, Dice dice) {
        List<Entry> entries = entries(dice.between(1, 4), language, dice);
        List<String> passages = new ArrayList<>();
        List<Supplier<Question>> answerable = new ArrayList<>();
        for (Entry entry : entries) {
            passages.add(entry.question()
                    + (language == Language.EN ? " " : "")
                    + entry.answer()
                    + (dice.chance(.6) ? language == Language.EN ? "." : "。" : ""));
            answerable.add(() -> new Question(asked(entry, language, dice), entry.topic(), entry.answer(), language));
        }
        List<Question> questions = quiz.draw(answerable, () -> missing(entries, language, dice), dice);
        return Context.shuffled(passages, questions, dice);
    }

    private List<Entry> entries(int count, Language language, Dice dice) {
        List<Entry> entries = new ArrayList<>();
        while (entries.size() < count) {
            boolean kin = !entries.isEmpty() && dice.chance(.4);
            String topic = kin && dice.chance(.5) ? entries.getLast().topic() : topic(language, dice);
            String word = kin && dice.chance(.4)
                    ? entries.getLast().word()
                    : world.names().word(language, dice);
            String frame = kin ? entries.getLast().frame() : frame(language, dice);
            String question = Entry.filled(frame, topic, word);
            if (entries.stream().noneMatch(entry -> entry.question().equals(question))) {
                entries.add(new Entry(frame, topic, word, answer(language, dice)));
            }
        }
        return entries;
    }

    private String topic(Language language, Dice dice) {
        return world.names().words(language, dice.between(1, 2), dice);
    }

    /** A frame of the list, or words in a row. */
    private String frame(Language language, Dice dice) {
        if (dice.chance(.6)) {
            return dice.pick(world.phrases(language, "faq"));
        }
        String more = dice.chance(.5) ? world.names().word(language, dice) : "";
        return language == Language.ZH
                ? "{s}" + more + "{r}" + dice.pick(List.of("？", "吗？", "什么？", "呢？"))
                : ("{s} " + more + " {r}?").replace("  ", " ");
    }

    private String answer(Language language, Dice dice) {
        return dice.chance(.6)
                ? world.values().draw("free", language, dice).text()
                : world.names().words(language, dice.between(2, language == Language.ZH ? 5 : 4), dice);
    }

    private String asked(Entry entry, Language language, Dice dice) {
        double form = dice.random().nextDouble();
        if (form < .45) {
            return entry.question();
        } else if (form < .75) {
            return asker.careless(entry.question(), entry.topic(), language, dice);
        }
        return Entry.filled(dice.pick(world.phrases(language, "faq")), entry.topic(), entry.word());
    }

    /** One of an entry's two words with a new other one, or nothing of it at all. */
    private Question missing(List<Entry> entries, Language language, Dice dice) {
        while (true) {
            Entry near = dice.pick(entries);
            boolean sameTopic = dice.chance(.5);
            boolean far = dice.chance(.3);
            String topic = sameTopic && !far ? near.topic() : topic(language, dice);
            String word = sameTopic || far ? world.names().word(language, dice) : near.word();
            String frame = far ? frame(language, dice) : near.frame();
            boolean known = entries.stream()
                    .anyMatch(
                            entry -> entry.topic().equals(topic) && entry.word().equals(word));
            if (!known) {
                return Question.unanswerable(Entry.filled(frame, topic, word), language);
            }
        }
    }
}
