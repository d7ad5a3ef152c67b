package io.loremesh.lab.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.lab.demo.Criteria.Criterion;
import io.loremesh.lab.demo.DemoReport.Given;
import io.loremesh.lab.demo.DemoReport.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CriteriaTest {
    @Test
    void eightOfNineAreEnoughAndSevenAreNot() {
        assertThat(unmet(report(8, "WEIGHTS", 0.5))).isEmpty();
        assertThat(unmet(report(7, "WEIGHTS", 0.5)))
                .containsExactly(
                        "en: trained questions, taught, by RETRIEVAL: at least 8 of 9 right",
                        "en: trained questions, tuned, by WEIGHTS: at least 8 of 9 right");
    }

    @Test
    void aRightAnswerByAnotherPathDoesNotCount() {
        assertThat(unmet(report(9, "RETRIEVAL", 0.5)))
                .contains("en: trained questions, tuned, by WEIGHTS: at least 8 of 9 right");
    }

    @Test
    void aLateUpdateIsToldWithItsFigure() {
        assertThat(Criteria.of(report(9, "WEIGHTS", 2.5), List.of("en"), true))
                .filteredOn(criterion -> !criterion.met())
                .singleElement()
                .extracting(Criterion::figure)
                .isEqualTo("after 2.50 s");
    }

    @Test
    void aStoryThatBrokeOffKeepsNoPromise() {
        var broken = new DemoReport(List.of(), null, null, null, null, 1.0, Map.of(), List.of(), null);

        assertThat(Criteria.of(broken, List.of("en"), true)).noneMatch(Criterion::met);
    }

    private static List<String> unmet(DemoReport report) {
        return Criteria.of(report, List.of("en"), true).stream()
                .filter(criterion -> !criterion.met())
                .map(Criterion::promise)
                .toList();
    }

    private static DemoReport report(int right, String tunedPath, double updateSeconds) {
        return new DemoReport(
                List.of(
                        stage("before", 0, "ABSTAINED"),
                        stage("taught", right, "RETRIEVAL"),
                        stage("tuned", right, tunedPath),
                        stage("weights", right, tunedPath),
                        stage("updated", right, tunedPath)),
                0.4,
                updateSeconds,
                0.1,
                60.0,
                12.0,
                Map.of("total", 1500L),
                List.of(),
                null);
    }

    private static Stage stage(String name, int right, String path) {
        var answers = new ArrayList<Given>();
        for (int i = 0; i < 9; i++) {
            answers.add(given("trained", i < right, path));
        }
        answers.add(given("heldout", true, "WEIGHTS"));
        answers.add(given("unknowable", true, "ABSTAINED"));
        return new Stage(name, answers);
    }

    private static Given given(String phrasing, boolean correct, String path) {
        return new Given("id", "en", phrasing, "?", "x", "x", correct, path, "models/demo", 5, List.of());
    }
}
