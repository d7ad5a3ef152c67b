package io.loremesh.lab.eval;

import io.loremesh.lab.suite.NewFact;
import io.loremesh.lab.suite.TuningSuite;
import io.loremesh.model.answer.Language;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What one fine-tune is to learn. */
sealed interface Tuning {
    /** Its name in a report; fine-tunes of one label are counted together. */
    String label();

    /** A name that no other fine-tune has: lower-case letters, digits and hyphens. */
    String id();

    List<NewFact> facts(TuningSuite suite);

    /** Facts of as many strangers, half Chinese, half English. @param draw counts from 1 */
    record Facts(int count, long draw) implements Tuning {
        @Override
        public String label() {
            return "LoRA injects %d facts".formatted(count);
        }

        @Override
        public String id() {
            return "facts-%d-%d".formatted(count, draw);
        }

        @Override
        public List<NewFact> facts(TuningSuite suite) {
            return suite.facts(count, draw);
        }
    }

    /** Nine facts of a family. @param draw counts from 1 */
    record Family(Language language, long draw) implements Tuning {
        @Override
        public String label() {
            return "nine family questions";
        }

        @Override
        public String id() {
            return "family-%s-%d".formatted(language.name().toLowerCase(Locale.ROOT), draw);
        }

        @Override
        public List<NewFact> facts(TuningSuite suite) {
            return suite.family(language, draw);
        }
    }

    /**
     * The fine-tunes of an evaluation in their order.
     *
     * @param counts facts of each fine-tune; a count given again draws other facts, 0 is none
     * @param families of each language
     */
    static List<Tuning> all(List<Integer> counts, int families) {
        var tunings = new ArrayList<Tuning>();
        Map<Integer, Integer> draws = new HashMap<>();
        for (int count : counts) {
            if (count > 0) {
                tunings.add(new Facts(count, draws.merge(count, 1, Integer::sum)));
            }
        }
        for (int draw = 1; draw <= families; draw++) {
            for (Language language : Language.values()) {
                tunings.add(new Family(language, draw));
            }
        }
        return List.copyOf(tunings);
    }
}
