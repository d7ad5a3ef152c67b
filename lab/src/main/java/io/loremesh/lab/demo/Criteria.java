package io.loremesh.lab.demo;

import io.loremesh.lab.demo.DemoReport.Given;
import io.loremesh.lab.demo.DemoReport.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What the demo promises, held against its report. */
final class Criteria {
    private static final double TRAINED_SHARE = 8.0 / 9;
    private static final double HELDOUT_SHARE = 3.0 / 4;
    private static final double UPDATE_SECONDS = 2;
    private static final String RETRIEVAL = "RETRIEVAL";
    private static final String WEIGHTS = "WEIGHTS";

    /** One promise. @param figure what was found, in words */
    record Criterion(String promise, String figure, boolean met) {}

    private final DemoReport report;
    private final List<Criterion> criteria = new ArrayList<>();

    private Criteria(DemoReport report) {
        this.report = report;
    }

    /** @param updated whether a scenario changes a fact */
    static List<Criterion> of(DemoReport report, List<String> languages, boolean updated) {
        var criteria = new Criteria(report);
        for (String language : languages) {
            criteria.share(language, "taught", Probe.Phrasing.TRAINED, RETRIEVAL, TRAINED_SHARE);
            criteria.share(language, "tuned", Probe.Phrasing.TRAINED, WEIGHTS, TRAINED_SHARE);
            criteria.share(language, "weights", Probe.Phrasing.HELDOUT, WEIGHTS, HELDOUT_SHARE);
            for (String stage : List.of("before", "taught", "tuned", "updated")) {
                criteria.abstention(language, stage);
            }
        }
        criteria.promotion();
        if (updated) {
            criteria.update();
        }
        return criteria.criteria;
    }

    private void share(String language, String stage, Probe.Phrasing phrasing, String path, double share) {
        List<Given> asked = answers(stage, language, phrasing);
        if (asked.isEmpty() && stageExists(stage)) {
            // A scenario without held-out phrasings promises nothing about them.
            return;
        }
        long right = asked.stream()
                .filter(Given::correct)
                .filter(given -> given.path().equals(path))
                .count();
        long needed = (long) Math.ceil(share * asked.size() - 1e-9);
        add(
                "%s: %s questions, %s, by %s: at least %d of %d right"
                        .formatted(language, phrasing.word(), stage, path, needed, asked.size()),
                Long.toString(right),
                !asked.isEmpty() && right >= needed);
    }

    private void abstention(String language, String stage) {
        List<Given> asked = answers(stage, language, Probe.Phrasing.UNKNOWABLE);
        long abstained = asked.stream().filter(Given::correct).count();
        add(
                "%s: unknowable questions, %s: all %d abstain".formatted(language, stage, asked.size()),
                Long.toString(abstained),
                stageExists(stage) && abstained == asked.size());
    }

    private void promotion() {
        add(
                "the tuned version passed its gates and answers",
                report.promotionToAnswerSeconds() == null
                        ? "it does not"
                        : "after %.2f s".formatted(report.promotionToAnswerSeconds()),
                report.promotionToAnswerSeconds() != null);
    }

    private void update() {
        Double seconds = report.updateToAnswerSeconds();
        add(
                "the changed fact is answered anew within %.0f s of its event".formatted(UPDATE_SECONDS),
                seconds == null ? "it is not" : "after %.2f s".formatted(seconds),
                seconds != null && seconds <= UPDATE_SECONDS);
    }

    private void add(String promise, String figure, boolean met) {
        criteria.add(new Criterion(promise, figure, met));
    }

    private boolean stageExists(String name) {
        return stage(name).isPresent();
    }

    private Optional<Stage> stage(String name) {
        return report.stages().stream()
                .filter(stage -> stage.name().equals(name))
                .findFirst();
    }

    private List<Given> answers(String stage, String language, Probe.Phrasing phrasing) {
        Predicate<Given> wanted =
                given -> given.language().equals(language) && given.phrasing().equals(phrasing.word());
        return stage(stage)
                .map(found -> found.answers().stream().filter(wanted).toList())
                .orElse(List.of());
    }
}
