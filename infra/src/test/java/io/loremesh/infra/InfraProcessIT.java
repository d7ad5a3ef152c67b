package io.loremesh.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InfraProcessIT {
    private static final String TOPIC = "loremesh.knowledge.v1";

    @Test
    void dataSurvivesAKillAndNoServerIsLeftBehind(@TempDir Path dataDir) throws Exception {
        long orphanedServer;
        var killed = InfraProcess.start(dataDir, 0, 0);
        execute(killed, "CREATE TABLE fact (answer text)");
        execute(killed, "INSERT INTO fact VALUES ('Beijing')");
        send(killed, "Beijing");
        orphanedServer = postmaster(dataDir);
        kill(killed.pid());
        assertThat(ProcessHandle.of(orphanedServer)).isPresent();

        try (var second = InfraProcess.start(dataDir, 0, 0)) {
            assertThat(answers(second)).containsExactly("Beijing");
            assertThat(sent(second)).containsExactly("Beijing");
            assertThat(ProcessHandle.of(orphanedServer)).isEmpty();
            assertThat(postmaster(dataDir)).isNotEqualTo(orphanedServer);
        }
        assertThat(dataDir.resolve("postgres/postmaster.pid")).doesNotExist();
    }

    @Test
    void aTemporaryOneDeletesWhatItWrote() throws Exception {
        var infra = InfraProcess.start(null, 0, 0);
        long pid = infra.pid();
        execute(infra, "CREATE TABLE fact (answer text)");

        infra.close();
        infra.close();

        assertThat(ProcessHandle.of(pid)).isEmpty();
        assertThatThrownBy(() -> connect(infra)).isInstanceOf(SQLException.class);
    }

    @Test
    void aGivenPortThatAnotherProgramHasIsNamed() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = other.getLocalPort();

            assertThatThrownBy(() -> InfraProcess.start(null, port, 0))
                    .isInstanceOf(PortTakenException.class)
                    .hasMessageEndingWith("port " + port);
            assertThatThrownBy(() -> InfraProcess.startPostgres(null, port))
                    .isInstanceOf(PortTakenException.class)
                    .hasMessageEndingWith("port " + port);
        }
    }

    private static long postmaster(Path dataDir) throws Exception {
        return Long.parseLong(java.nio.file.Files.readAllLines(dataDir.resolve("postgres/postmaster.pid"))
                .getFirst());
    }

    private static void kill(long pid) {
        var process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }

    private static Connection connect(InfraProcess infra) throws SQLException {
        return DriverManager.getConnection(infra.jdbcUrl(), infra.user(), infra.password());
    }

    private static void execute(InfraProcess infra, String sql) throws SQLException {
        try (var connection = connect(infra);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> answers(InfraProcess infra) throws SQLException {
        try (var connection = connect(infra);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT string_agg(answer, ',') FROM fact")) {
            rows.next();
            return List.of(rows.getString(1).split(","));
        }
    }

    private static void send(InfraProcess infra, String value) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", infra.kafkaBootstrap()), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, "key", value)).get();
        }
    }

    private static List<String> sent(InfraProcess infra) {
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", infra.kafkaBootstrap(), "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition(TOPIC, 0)));
            var records = consumer.poll(Duration.ofSeconds(20));
            return StreamSupport.stream(records.spliterator(), false)
                    .map(record -> record.value())
                    .toList();
        }
    }
}
