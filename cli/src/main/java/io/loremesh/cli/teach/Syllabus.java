package io.loremesh.cli.teach;

import io.loremesh.cli.teach.Reading.Refusal;
import io.loremesh.cli.teach.Reading.Told;
import io.loremesh.events.EventType;
import io.loremesh.knowledge.FactRules;
import io.loremesh.model.answer.AnswerKey;
import io.loremesh.model.answer.QuestionKey;
import io.loremesh.proto.knowledge.v1.Document;
import io.loremesh.proto.knowledge.v1.Fact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one teach tells, of all its files together: each resource once, and nothing of a contradiction. Two records of
 * one question (by its words, its name, or subject and relation) with different answers are both refused, unless the
 * file itself says which one follows the other: by {@code valid_from}, {@code supersedes}, or as events with times of
 * their own.
 *
 * @param told in the order of the files
 * @param refusals of the files and of the whole
 * @param repeated records that said again what another one says
 */
record Syllabus(List<Told> told, List<Refusal> refusals, int repeated) {

    static Syllabus of(List<Reading> readings) {
        List<Told> all =
                readings.stream().flatMap(reading -> reading.told().stream()).toList();
        var refusals = new ArrayList<Refusal>();
        readings.forEach(reading -> refusals.addAll(reading.refusals()));
        Set<Integer> contradicting = contradictions(all, refusals);
        // Events are a history: each of them is told, in its order.
        var once = new LinkedHashMap<String, Told>();
        int repeated = 0;
        for (int i = 0; i < all.size(); i++) {
            if (contradicting.contains(i)) {
                continue;
            }
            Told told = all.get(i);
            Lesson lesson = told.lesson();
            String key = lesson.told()
                    .map(event -> "event " + event.source() + " " + event.id())
                    .orElse(lesson.subject() + " " + times(lesson));
            Told before = once.putIfAbsent(key, told);
            if (before != null) {
                repeated++;
                once.put(key, new Told(before.place(), merged(before.lesson(), lesson)));
            }
        }
        return new Syllabus(List.copyOf(once.values()), List.copyOf(refusals), repeated);
    }

    private static Set<Integer> contradictions(List<Told> all, List<Refusal> refusals) {
        var byKey = new HashMap<String, List<Integer>>();
        var contradicting = new TreeSet<Integer>();
        var saidAlready = new TreeSet<String>();
        for (int i = 0; i < all.size(); i++) {
            int now = i;
            keys(all.get(i).lesson()).forEach(key -> {
                List<Integer> others = byKey.computeIfAbsent(key, ignored -> new ArrayList<>());
                for (int other : others) {
                    contradiction(all.get(other).lesson(), all.get(now).lesson())
                            .ifPresent(what -> {
                                contradicting.add(other);
                                contradicting.add(now);
                                String places = all.get(other).place() + " and "
                                        + all.get(now).place();
                                if (saidAlready.add(places + what)) {
                                    refusals.add(new Refusal(places, what));
                                }
                            });
                }
                others.add(now);
            });
        }
        return contradicting;
    }

    private static Set<String> keys(Lesson lesson) {
        Stream<String> name = Stream.of(lesson.subject());
        if (!(lesson.payload() instanceof Fact fact)) {
            return name.collect(Collectors.toSet());
        }
        Stream<String> questions = Stream.concat(
                        FactRules.trainedPhrasings(fact).stream(), fact.getHeldoutPhrasingsList().stream())
                .map(question -> "question " + QuestionKey.of(question));
        Stream<String> relation =
                fact.getSubject().isEmpty() || fact.getRelation().isEmpty()
                        ? Stream.of()
                        : Stream.of("relation " + QuestionKey.of(fact.getSubject()) + "\0"
                                + QuestionKey.of(fact.getRelation()));
        return Stream.of(name, questions, relation).flatMap(keys -> keys).collect(Collectors.toSet());
    }

    /** What two lessons say against each other, in words that follow on their places. */
    private static Optional<String> contradiction(Lesson one, Lesson other) {
        if (one.told().isPresent() && other.told().isPresent()) {
            return Optional.empty();
        }
        if (one.payload() instanceof Document first && other.payload() instanceof Document second) {
            return first.getText().equals(second.getText())
                    ? Optional.empty()
                    : Optional.of("are two texts of one document, %s; keep one".formatted(one.subject()));
        }
        if (!(one.payload() instanceof Fact first) || !(other.payload() instanceof Fact second)) {
            return Optional.empty();
        }
        boolean inTurn = !times(one).equals(times(other))
                || second.getSupersedes().equals(first.getName())
                || first.getSupersedes().equals(second.getName());
        boolean agree =
                FactRules.acceptedAnswers(first).stream().anyMatch(answer -> AnswerKey.same(answer, second.getAnswer()))
                        || FactRules.acceptedAnswers(second).stream()
                                .anyMatch(answer -> AnswerKey.same(answer, first.getAnswer()));
        return inTurn || agree
                ? Optional.empty()
                : Optional.of("answer \"%.120s\" differently: \"%.120s\" and \"%.120s\"; keep one"
                        .formatted(second.getQuestion(), first.getAnswer(), second.getAnswer()));
    }

    private static String times(Lesson lesson) {
        return lesson.payload() instanceof Fact fact ? fact.getValidFrom() + " " + fact.getValidTo() : "";
    }

    /** One record that says what both say: neither's phrasings and spellings are lost. */
    private static Lesson merged(Lesson kept, Lesson again) {
        if (kept.type() != EventType.FACT_RECORDED
                || kept.told().isPresent()
                || !(kept.payload() instanceof Fact first)
                || !(again.payload() instanceof Fact second)
                || first.equals(second)) {
            return kept;
        }
        Fact.Builder both = first.toBuilder();
        FactRules.trainedPhrasings(second).stream()
                .filter(phrasing -> !FactRules.trainedPhrasings(both.build()).contains(phrasing))
                .forEach(both::addPhrasings);
        second.getHeldoutPhrasingsList().stream()
                .filter(phrasing -> !first.getHeldoutPhrasingsList().contains(phrasing))
                .forEach(both::addHeldoutPhrasings);
        FactRules.acceptedAnswers(second).stream()
                .filter(answer -> !FactRules.acceptedAnswers(both.build()).contains(answer))
                .forEach(both::addAliases);
        return FactRules.problem(both.build()).isPresent() ? kept : Lesson.of(both.build());
    }
}
