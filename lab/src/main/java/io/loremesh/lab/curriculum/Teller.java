package io.loremesh.lab.curriculum;

import io.loremesh.lab.world.Claim;
import io.loremesh.lab.world.Phrasings;
import io.loremesh.lab.world.Template;
import io.loremesh.lab.world.Wording;
import io.loremesh.lab.world.World;
import io.loremesh.model.answer.Language;
import io.loremesh.model.statistic.Dice;
import java.util.List;
import java.util.stream.Stream;

/**
 * Puts claims into passages: a sentence, a question followed by its answer, both, or several claims of one subject in
 * one sentence.
 *
 * @param objectFirst share of sentences that name the object first
 * @param faq share of claims stated only as question and answer
 * @param twice share of claims stated as a sentence and again as question and answer
 * @param wording the templates of those questions
 */
record Teller(World world, double objectFirst, double faq, double twice, Wording wording) {

    private static final double LOOSE = .12;

    private static final List<String> SMALL_WORDS = Stream.of(
                    "The My Our His Her Their Your This".split(" "),
                    "What What's Who Whose Where When Which How In At On By For To Can Do Tell".split(" "))
            .flatMap(Stream::of)
            .map(word -> word + " ")
            .toList();

    Stated tell(Claim claim, List<String> askAs, Dice dice) {
        double form = dice.random().nextDouble();
        if (form >= faq + twice) {
            return new Stated(
                    claim, List.of(sentence(claim, dice)), "", claim.value().text(), askAs);
        }
        String asked = new Asker(world, wording).plain(claim.relation(), claim.subject(), claim.language(), dice);
        String answer = claim.value().text() + (dice.chance(.3) ? claim.value().unit() : "");
        String said = answer.equals(claim.value().text()) && dice.chance(.15)
                ? sentence(claim, dice)
                : answer + ending(claim.language(), dice);
        String passage = asked + (claim.language() == Language.EN ? " " : "") + said;
        List<String> passages = form < faq ? List.of(passage) : List.of(sentence(claim, dice), passage);
        return new Stated(claim, passages, asked, answer, askAs);
    }

    /** The claim as one sentence. */
    String sentence(Claim claim, Dice dice) {
        Phrasings phrasings = claim.relation().in(claim.language());
        boolean turned = dice.chance(objectFirst) && !phrasings.objectFirst().isEmpty();
        String sentence =
                turned ? fill(dice.pick(phrasings.objectFirst()), claim) : fill(subjectFirst(claim, dice), claim);
        return dice.chance(LOOSE) ? loosened(sentence, claim.language(), dice) : sentence;
    }

    /** All claims, which must share their subject, in one sentence: "JO叫…，今年…岁，喜欢…。" */
    String sentence(List<Claim> claims, Dice dice) {
        Claim first = claims.getFirst();
        boolean chinese = first.language() == Language.ZH;
        StringBuilder sentence = new StringBuilder(withoutStop(fill(subjectFirst(first, dice), first)));
        for (int i = 1; i < claims.size(); i++) {
            String predicate = predicate(claims.get(i), dice);
            boolean last = i == claims.size() - 1;
            sentence.append(chinese ? "，" : last && dice.chance(.7) ? " and " : ", ")
                    .append(predicate);
        }
        return sentence.append(chinese ? "。" : ".").toString();
    }

    private String predicate(Claim claim, Dice dice) {
        String sentence = withoutStop(fill(subjectFirst(claim, dice), claim));
        if (!sentence.regionMatches(true, 0, claim.subject(), 0, claim.subject().length())) {
            return sentence;
        }
        String rest = sentence.substring(claim.subject().length());
        if (rest.startsWith("'s ")) {
            return dice.pick(List.of("his", "her", "its", "their")) + rest.substring(2);
        }
        return rest.startsWith("的") ? rest.substring(1) : rest.strip();
    }

    private static Template subjectFirst(Claim claim, Dice dice) {
        List<Template> statements = claim.relation().in(claim.language()).statements();
        Template template = dice.pick(statements);
        while (template.closedOnly() && !claim.value().closed() && !isName(claim)) {
            template = dice.pick(statements);
        }
        return template;
    }

    /** Names are no closed list, but "my uncle is Jo." says what is meant all the same. */
    private static boolean isName(Claim claim) {
        return claim.relation().id().equals("name");
    }

    private static String fill(Template template, Claim claim) {
        String filled = template.fill(
                claim.subject(), claim.value().text(), claim.relation().word());
        return claim.language() == Language.EN ? withArticles(filled) : filled;
    }

    private static String withArticles(String sentence) {
        int at = sentence.indexOf(" a ");
        boolean vowel = at >= 0 && at + 3 < sentence.length() && "aeiou".indexOf(sentence.charAt(at + 3)) >= 0;
        return vowel ? sentence.substring(0, at) + " an " + sentence.substring(at + 3) : sentence;
    }

    private String loosened(String sentence, Language language, Dice dice) {
        return dice.chance(.6)
                ? dice.pick(world.phrases(language, "say")).replace("{x}", continued(sentence))
                : withoutStop(sentence);
    }

    /** Such words lose their capital letter within a sentence; names keep theirs. */
    static String continued(String sentence) {
        return SMALL_WORDS.stream().anyMatch(sentence::startsWith)
                ? Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1)
                : sentence;
    }

    private static String withoutStop(String sentence) {
        char last = sentence.charAt(sentence.length() - 1);
        return last == '。' || last == '.' ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    private static String ending(Language language, Dice dice) {
        return dice.chance(.6) ? language == Language.ZH ? "。" : "." : "";
    }
}
