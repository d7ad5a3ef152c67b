package db.migration;

import io.loremesh.knowledge.FactRules;
import io.loremesh.model.answer.AnswerKey;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.KnowledgeState;
import io.loremesh.proto.registry.v1.LedgerEntry;
import io.loremesh.proto.registry.v1.ProbedAnswer;
import io.loremesh.registry.ledger.Answers;
import io.loremesh.registry.ledger.Staleness;
import io.loremesh.registry.resource.ProtoJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

/**
 * Ledgers that were judged by SQuAD's normalisation, which took 1.5 for 15: facts whose names were derived by it get
 * the name that their producer's next event has, so that none is doubled; what versions answered is judged anew by
 * value. The audit log keeps the names of its time: it is a chain of hashes, and history.
 */
public final class V11__answers_by_value extends BaseJavaMigration {
    private static final Pattern DERIVED_NAME = Pattern.compile("facts/[0-9a-f]{32}");
    /** Above it a fact that was learned stays so, as the rule of states has it. */
    private static final double STAYS_LEARNED_ABOVE = 0.5;

    private static final int FETCHED = 500;

    /** No content has it: it is an id of no fact. */
    private static final String ON_THE_WAY = "facts-on-the-way/";

    @Override
    public void migrate(Context context) throws SQLException {
        Connection connection = context.getConnection();
        // Before any row is touched: a table with rows that wait for their check cannot be altered.
        deferForeignKeys(connection);
        Map<String, String> renamed = renamed(connection);
        if (!renamed.isEmpty()) {
            for (Map.Entry<String, List<String>> table : textColumns(connection).entrySet()) {
                rename(connection, table.getKey(), table.getValue(), renamed);
                arrive(connection, table.getKey(), table.getValue());
            }
        }
        // They would begin with what the old rule called right.
        try (Statement findings = connection.createStatement()) {
            findings.executeUpdate("delete from evaluation_finding");
        }
        judgeLines(connection);
    }

    /**
     * Facts by the name that the old rule derived, with the one that the rule derives now. Where two had names that are
     * one now, or somebody has taken the name already, the fact that was recorded last has it and the others are
     * retracted: their producer's next event is about that one.
     */
    private static Map<String, String> renamed(Connection connection) throws SQLException {
        var renamed = new LinkedHashMap<String, String>();
        var kept = new HashSet<String>();
        try (Statement facts = connection.createStatement();
                ResultSet row = facts.executeQuery("select name, content from fact order by record_time desc, name")) {
            while (row.next()) {
                String name = row.getString(1);
                Fact fact = fact(row.getString(2));
                String now =
                        FactRules.named(fact.toBuilder().clearName().build()).getName();
                if (name.equals(oldName(fact)) && !name.equals(now)) {
                    renamed.put(name, now);
                } else {
                    kept.add(name);
                }
            }
        }
        var taken = new HashSet<>(kept);
        var doubled = new ArrayList<String>();
        renamed.forEach((name, now) -> {
            if (!taken.add(now)) {
                doubled.add(name);
            }
        });
        renamed.keySet().removeAll(doubled);
        retract(connection, doubled);
        return renamed;
    }

    private static void retract(Connection connection, List<String> names) throws SQLException {
        try (PreparedStatement retraction = connection.prepareStatement("""
                with gone as (update fact set retracted = true, revision = revision + 1, record_time = now()
                               where name = ? and not retracted returning name, revision, content, record_time)
                insert into fact_revision (id, fact, revision, event_id, retracted, content, record_time)
                select nextval('fact_revision_seq'), name, revision, '', true, content, record_time from gone""")) {
            for (String name : names) {
                retraction.setString(1, name);
                retraction.executeUpdate();
            }
        }
    }

    /** The rule until 0.1: no punctuation, no white space, no case. */
    static String oldName(Fact fact) {
        String key = fact.getSubject().isEmpty() || fact.getRelation().isEmpty()
                ? oldNormal(fact.getQuestion())
                : oldNormal(fact.getSubject()) + '\0' + oldNormal(fact.getRelation());
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return "facts/" + HexFormat.of().formatHex(digest).substring(0, 32);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String oldNormal(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[\\p{P}\\s]+", "");
    }

    private static void deferForeignKeys(Connection connection) throws SQLException {
        var keys = new ArrayList<String>();
        try (Statement constraints = connection.createStatement();
                ResultSet row = constraints.executeQuery("""
                        select format('alter table %s alter constraint %I deferrable initially deferred',
                               conrelid::regclass, conname)
                          from pg_constraint where contype = 'f' and confrelid = 'fact'::regclass""")) {
            while (row.next()) {
                keys.add(row.getString(1));
            }
        }
        try (Statement alter = connection.createStatement()) {
            for (String key : keys) {
                alter.execute(key);
            }
        }
    }

    /** Where a fact's name may stand: every text column of a table, quoted, but for the audit log and Flyway's own. */
    private static Map<String, List<String>> textColumns(Connection connection) throws SQLException {
        var columns = new HashMap<String, List<String>>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        select quote_ident(c.table_name), quote_ident(c.column_name)
                          from information_schema.columns c
                          join information_schema.tables t using (table_schema, table_name)
                         where c.table_schema = current_schema() and t.table_type = 'BASE TABLE'
                           and c.data_type = 'text'
                           and c.table_name not in ('audit_entry', 'flyway_schema_history')""")) {
            while (row.next()) {
                columns.computeIfAbsent(row.getString(1), table -> new ArrayList<>())
                        .add(row.getString(2));
            }
        }
        return columns;
    }

    private static void rename(Connection connection, String table, List<String> columns, Map<String, String> renamed)
            throws SQLException {
        String all = String.join(", ", columns);
        String holdsName = String.join(
                " or ",
                columns.stream()
                        .map(column -> column + " ~ 'facts/[0-9a-f]{32}'")
                        .toList());
        String set = String.join(
                ", ", columns.stream().map(column -> column + " = ?").toList());
        try (Statement rows = connection.createStatement();
                PreparedStatement update =
                        connection.prepareStatement("update %s set %s where ctid = ?::tid".formatted(table, set))) {
            rows.setFetchSize(FETCHED);
            try (ResultSet row =
                    rows.executeQuery("select ctid::text, %s from %s where %s".formatted(all, table, holdsName))) {
                while (row.next()) {
                    boolean changed = false;
                    for (int i = 1; i <= columns.size(); i++) {
                        String text = row.getString(i + 1);
                        String now = text == null ? null : renamed(text, renamed);
                        changed |= text != null && !text.equals(now);
                        update.setString(i, now);
                    }
                    update.setString(columns.size() + 1, row.getString(1));
                    if (changed) {
                        update.executeUpdate();
                    }
                }
            }
        }
    }

    private static String renamed(String text, Map<String, String> renamed) {
        return DERIVED_NAME.matcher(text).replaceAll(name -> Matcher.quoteReplacement(on(name.group(), renamed)));
    }

    /** By a name on the way, for one fact may get the name that another leaves. */
    private static String on(String name, Map<String, String> renamed) {
        String now = renamed.get(name);
        return now == null ? name : now.replace("facts/", ON_THE_WAY);
    }

    private static void arrive(Connection connection, String table, List<String> columns) throws SQLException {
        try (Statement update = connection.createStatement()) {
            for (String column : columns) {
                update.executeUpdate("update %s set %s = replace(%s, '%s', 'facts/') where %s like '%%%s%%'"
                        .formatted(table, column, column, ON_THE_WAY, column, ON_THE_WAY));
            }
        }
    }

    private static void judgeLines(Connection connection) throws SQLException {
        try (Statement lines = connection.createStatement();
                PreparedStatement update = connection.prepareStatement(
                        "update ledger_line set state = ?, accuracy = ?, answer_key = ?, content = ? where id = ?")) {
            lines.setFetchSize(FETCHED);
            try (ResultSet row = lines.executeQuery("""
                    select l.id, l.state, l.content, case when f.retracted then null else f.content end
                      from ledger_line l join fact f on f.name = l.fact""")) {
                while (row.next()) {
                    LedgerEntry stored = ProtoJson.read(row.getString(3), LedgerEntry.newBuilder())
                            .build();
                    LedgerEntry probed = judged(stored);
                    // What happened to the fact since its probe stands in the column alone.
                    KnowledgeState before = probed.getState() == stored.getState()
                            ? KnowledgeState.valueOf(row.getString(2))
                            : probed.getState();
                    KnowledgeState state = Staleness.of(
                            probed.toBuilder().setState(before).build(),
                            Optional.ofNullable(row.getString(4)).map(V11__answers_by_value::fact));
                    update.setString(1, state.name());
                    update.setDouble(2, probed.getAccuracy());
                    update.setString(3, Answers.key(Answers.main(probed)));
                    update.setString(4, ProtoJson.write(probed));
                    update.setLong(5, row.getLong(1));
                    update.addBatch();
                    if (row.getRow() % FETCHED == 0) {
                        update.executeBatch();
                    }
                }
            }
            update.executeBatch();
        }
    }

    /**
     * Each answer by value; a fact that was called learned by answers that are not its own is unknown until it is
     * probed again.
     */
    private static LedgerEntry judged(LedgerEntry line) {
        List<String> accepted = FactRules.acceptedAnswers(line.getFact());
        var probed = line.toBuilder().clearAnswers();
        for (ProbedAnswer answer : line.getAnswersList()) {
            boolean correct = answer.getCorrect() && AnswerKey.among(answer.getAnswer(), accepted);
            probed.addAnswers(answer.toBuilder().setCorrect(correct));
        }
        boolean heldout = probed.getAnswersList().stream().anyMatch(ProbedAnswer::getHeldout);
        probed.getAnswersList().stream()
                .filter(answer -> answer.getHeldout() == heldout)
                .mapToDouble(answer -> answer.getCorrect() ? 1 : 0)
                .average()
                .ifPresent(probed::setAccuracy);
        if (line.getState() == KnowledgeState.KNOWLEDGE_STATE_LEARNED && probed.getAccuracy() <= STAYS_LEARNED_ABOVE) {
            probed.setState(KnowledgeState.KNOWLEDGE_STATE_UNKNOWN);
        }
        return probed.build();
    }

    private static Fact fact(String content) {
        return ProtoJson.read(content, Fact.newBuilder()).build();
    }
}
