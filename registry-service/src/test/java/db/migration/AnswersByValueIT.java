package db.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.infra.InfraProcess;
import io.loremesh.knowledge.FactRules;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.KnowledgeState;
import io.loremesh.proto.registry.v1.LedgerEntry;
import io.loremesh.proto.registry.v1.ProbedAnswer;
import io.loremesh.registry.ledger.Answers;
import io.loremesh.registry.resource.ProtoJson;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A ledger that was filled under the old rule, on a real PostgreSQL. */
class AnswersByValueIT {
    private InfraProcess postgres;
    private Connection connection;

    @BeforeEach
    void fillByTheOldRule() throws SQLException {
        postgres = InfraProcess.startPostgres(null, 0);
        migrate("10");
        connection = DriverManager.getConnection(postgres.jdbcUrl(), "loremesh", "loremesh");
    }

    @AfterEach
    void stop() throws SQLException {
        connection.close();
        postgres.close();
    }

    @Test
    void aFactNamedByTheOldRuleIsTheOneThatItsProducerPublishesNext() throws Exception {
        Fact fact = fact("What is 1.5 times 2?", "3");
        String old = V11__answers_by_value.oldName(fact);
        record(fact.toBuilder().setName(old).build());
        record(fact("How old is JIM?", "10").toBuilder()
                .setName(V11__answers_by_value.oldName(fact("How old is JIM?", "10")))
                .addNeighbours(old)
                .build());

        migrate("latest");

        String now = FactRules.named(fact).getName();
        assertThat(now).isNotEqualTo(old);
        assertThat(strings("select name from fact"))
                .containsExactlyInAnyOrder(
                        now, FactRules.named(fact("How old is JIM?", "10")).getName());
        assertThat(strings("select fact from fact_revision where fact = '" + now + "'"))
                .hasSize(1);
        assertThat(strings("select content from fact")).noneMatch(content -> content.contains(old));
    }

    @Test
    void ofTwoFactsThatHaveOneNameNowTheLastStandsUnderIt() throws Exception {
        // A zero-width space made two names of one question; and another fact's old name is the new name of the first.
        Fact first = fact("Is 5\u200B5 odd?", "no");
        Fact last = fact("Is\u200B 55 odd?", "yes");
        Fact other = fact("Is 5.5 odd?", "neither");
        for (Fact fact : List.of(first, last, other)) {
            record(fact.toBuilder().setName(V11__answers_by_value.oldName(fact)).build());
        }
        String now = FactRules.named(last).getName();
        assertThat(V11__answers_by_value.oldName(other)).isEqualTo(now);

        migrate("11");

        assertThat(strings("select name from fact where not retracted"))
                .containsExactlyInAnyOrder(now, FactRules.named(other).getName());
        assertThat(strings("select content from fact where name = '" + now + "'"))
                .allMatch(content -> content.contains("yes"));
        assertThat(strings("select fact from fact_revision where retracted"))
                .containsExactly(V11__answers_by_value.oldName(first));
        migrateAgain();
        assertThat(strings("select name from fact where not retracted"))
                .containsExactlyInAnyOrder(now, FactRules.named(other).getName());
    }

    private void migrateAgain() throws Exception {
        connection.createStatement().execute("delete from flyway_schema_history where version = '11'");
        migrate("11");
    }

    @Test
    void whatWasLearnedIsStaleWhereItsSourceHadChangedTheValue() throws Exception {
        Fact learned = named(fact("What is the dose factor of ORVA?", "1.5"));
        record(learned.toBuilder().setAnswer("15").build());
        learn(learned, "1.5");

        migrate("latest");

        assertThat(strings("select state from ledger_line")).containsExactly("KNOWLEDGE_STATE_STALE");
        assertThat(strings("select answer_key from ledger_line")).containsExactly(Answers.key("1.5"));
    }

    @Test
    void whatWasCalledLearnedByAnotherValueIsUnknown() throws Exception {
        Fact fact = named(fact("What is the dose factor of ORVA?", "1.5"));
        record(fact);
        learn(fact, "15");

        migrate("latest");

        assertThat(strings("select state from ledger_line")).containsExactly("KNOWLEDGE_STATE_UNKNOWN");
        assertThat(strings("select accuracy::text from ledger_line")).containsExactly("0");
    }

    @Test
    void whatWasLearnedRightlyStaysLearned() throws Exception {
        Fact fact = named(fact("How old is JIM?", "10"));
        record(fact);
        learn(fact, "10");

        migrate("latest");

        assertThat(strings("select state from ledger_line")).containsExactly("KNOWLEDGE_STATE_LEARNED");
    }

    private void migrate(String target) {
        Flyway.configure()
                .dataSource(postgres.jdbcUrl(), "loremesh", "loremesh")
                .target(target)
                .load()
                .migrate();
    }

    private void record(Fact fact) throws SQLException {
        try (var statement = connection.prepareStatement("""
                with stored as (insert into fact (name, revision, retracted, content_digest, content, record_time)
                                values (?, 1, false, '', ?, now()) returning name, content)
                insert into fact_revision (id, fact, revision, event_id, retracted, content, record_time)
                select nextval('fact_revision_seq'), name, 1, '', false, content, now() from stored""")) {
            statement.setString(1, fact.getName());
            statement.setString(2, ProtoJson.write(fact));
            statement.executeUpdate();
        }
    }

    private void learn(Fact fact, String answer) throws SQLException {
        var entry = LedgerEntry.newBuilder()
                .setFact(fact)
                .setState(KnowledgeState.KNOWLEDGE_STATE_LEARNED)
                .setAccuracy(1)
                .addAnswers(ProbedAnswer.newBuilder()
                        .setPhrasing(fact.getQuestion())
                        .setAnswer(answer)
                        .setCorrect(true));
        try (var statement = connection.prepareStatement("""
                insert into ledger_line (id, model, version, fact, state, weak, accuracy, content, create_time)
                values (nextval('ledger_line_seq'), 'demo', 1, ?, 'KNOWLEDGE_STATE_LEARNED', false, 1, ?, now())""")) {
            statement.setString(1, fact.getName());
            statement.setString(2, ProtoJson.write(entry.build()));
            statement.executeUpdate();
        }
    }

    private List<String> strings(String query) throws SQLException {
        var found = new ArrayList<String>();
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    private static Fact named(Fact fact) {
        return FactRules.named(fact);
    }

    private static Fact fact(String question, String answer) {
        return Fact.newBuilder().setQuestion(question).setAnswer(answer).build();
    }
}
