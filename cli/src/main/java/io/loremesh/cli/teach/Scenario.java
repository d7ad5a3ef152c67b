package io.loremesh.cli.teach;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.loremesh.cli.terminal.Failure;
import io.loremesh.knowledge.DocumentRules;
import io.loremesh.knowledge.FactRules;
import io.loremesh.proto.knowledge.v1.Document;
import io.loremesh.proto.knowledge.v1.Fact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A small world to show the mesh with: what it is told, what it is asked, and one fact that changes.
 *
 * @param language BCP 47 of all its texts
 * @param documents sentences to retrieve from
 * @param facts what is asked and trained
 * @param unknowable questions that nothing here answers
 * @param update absent where nothing changes
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Scenario(
        String language,
        List<ScenarioDocument> documents,
        List<ScenarioFact> facts,
        List<String> unknowable,
        Update update) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    public Scenario {
        language = Objects.requireNonNullElse(language, "");
        documents = documents == null ? List.of() : List.copyOf(documents);
        facts = facts == null ? List.of() : List.copyOf(facts);
        unknowable = unknowable == null ? List.of() : List.copyOf(unknowable);
    }

    /**
     * A change of one fact.
     *
     * @param fact id of the fact
     * @param answer what is right from then on
     * @param document the sentence that says so; may be absent
     * @param aliases other spellings of the new answer; may be absent
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Update(String fact, String answer, ScenarioDocument document, List<String> aliases) {
        public Update {
            aliases = aliases == null ? List.of() : List.copyOf(aliases);
        }
    }

    /** Reads and checks a file. @throws Failure naming the file and what is wrong in it */
    public static Scenario read(Path file) {
        try {
            Scenario scenario = parse(Files.readString(file));
            scenario.problem().ifPresent(problem -> {
                throw new Failure("%s: %s".formatted(file, problem));
            });
            return scenario;
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new Failure("%s:%d: %s".formatted(file, line, e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new Failure("cannot read %s: %s".formatted(file, e), e);
        }
    }

    static Scenario parse(String json) throws JsonProcessingException {
        return MAPPER.readValue(json, Scenario.class);
    }

    private Optional<String> problem() {
        if (facts.isEmpty()) {
            return Optional.of("a scenario needs `facts`");
        }
        Set<String> names = new HashSet<>();
        for (ScenarioFact fact : facts) {
            Optional<String> problem = FactRules.problem(fact.toFact(language));
            if (problem.isPresent()) {
                return problem;
            }
            if (!names.add(fact.toFact(language).getName())) {
                return Optional.of("two facts ask \"%s\"; give each its own question".formatted(fact.question()));
            }
        }
        for (ScenarioDocument document : documents) {
            Optional<String> problem = DocumentRules.problem(document.toDocument(language));
            if (problem.isPresent()) {
                return problem;
            }
        }
        return update == null || changedFact().isPresent()
                ? Optional.empty()
                : Optional.of("`update` names fact \"%s\", which is not among the facts".formatted(update.fact()));
    }

    /** The fact that the update changes, as it is before. */
    public Optional<ScenarioFact> changedFact() {
        return update == null
                ? Optional.empty()
                : facts.stream().filter(fact -> fact.id().equals(update.fact())).findFirst();
    }

    /** Everything that is told at first. */
    public List<Lesson> lessons() {
        return Stream.concat(
                        documents.stream().map(document -> Lesson.of(document.toDocument(language))),
                        facts.stream().map(fact -> Lesson.of(fact.toFact(language))))
                .toList();
    }

    /** The changed fact under its old name, and the document that states it, in place of the one that it corrects. */
    public List<Lesson> updateLessons() {
        ScenarioFact old = changedFact().orElseThrow(() -> new IllegalStateException("the scenario changes nothing"));
        Fact changed = old.toFact(language).toBuilder()
                .setAnswer(update.answer())
                .clearAliases()
                .addAllAliases(update.aliases())
                .build();
        if (update.document() == null) {
            return List.of(Lesson.of(changed));
        }
        Document statement = update.document().toDocument(language);
        Document correction = Corrections.corrected(documents, update.document(), old.answer())
                .map(corrected -> statement.toBuilder()
                        .setName(corrected.toDocument(language).getName())
                        .build())
                .orElse(statement);
        return List.of(Lesson.of(correction), Lesson.of(changed));
    }
}
