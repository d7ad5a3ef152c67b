package io.loremesh.infra;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** A Kafka broker and its controller in this JVM (KRaft, one node), with the topics of the mesh. */
final class KafkaBroker implements AutoCloseable {
    /** Those of {@code io.loremesh.events.Topics}, which would bring an older client onto this class path. */
    private static final List<String> TOPICS =
            List.of("loremesh.knowledge.v1", "loremesh.versions.v1", "loremesh.runs.v1", "loremesh.answers.v1");

    private static final int NODE = 1;

    private final KafkaRaftServer server;

    private KafkaBroker(KafkaRaftServer server) {
        this.server = server;
    }

    static KafkaBroker start(Path dir, int port, int controllerPort) throws Exception {
        format(dir);
        var server = new KafkaRaftServer(new KafkaConfig(settings(dir, port, controllerPort), false), Time.SYSTEM);
        try {
            server.startup();
        } catch (RuntimeException e) {
            // Else it keeps the ports that it has already.
            server.shutdown();
            throw e;
        }
        createTopics(port);
        return new KafkaBroker(server);
    }

    private static void format(Path dir) throws Exception {
        if (Files.exists(dir.resolve("meta.properties"))) {
            return;
        }
        Files.createDirectories(dir);
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(NODE)
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(dir.toString())
                .addDirectory(dir.toString())
                .run();
    }

    private static Map<String, String> settings(Path dir, int port, int controllerPort) {
        var settings = new HashMap<String, String>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE));
        settings.put("controller.quorum.voters", NODE + "@localhost:" + controllerPort);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("listeners", "PLAINTEXT://localhost:%d,CONTROLLER://localhost:%d".formatted(port, controllerPort));
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("log.dirs", dir.toString());
        settings.put("num.partitions", "1");
        settings.put("auto.create.topics.enable", "true");
        // One node: nothing to replicate to.
        for (String topic : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            settings.put(topic + ".replication.factor", "1");
            settings.put(topic + ".num.partitions", "1");
        }
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        // A lone consumer need not wait for others to join its group.
        settings.put("group.initial.rebalance.delay.ms", "0");
        // Sized for a laptop: the defaults take 128 MB for the cleaner alone.
        settings.put("log.cleaner.dedupe.buffer.size", "4194304");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "2");
        settings.put("background.threads", "2");
        settings.put("num.recovery.threads.per.data.dir", "1");
        // After a kill the controller holds the old registration for this long, and the start with it.
        settings.put("broker.session.timeout.ms", "5000");
        // The processes of one laptop are starved for seconds during a fine-tune; that is no reason for an election.
        settings.put("controller.quorum.fetch.timeout.ms", "15000");
        return settings;
    }

    private static void createTopics(int port) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", "localhost:" + port))) {
            var existing = admin.listTopics().names().get();
            var missing = TOPICS.stream()
                    .flatMap(topic -> Stream.of(topic, topic + ".dlt"))
                    .filter(topic -> !existing.contains(topic))
                    .map(topic -> new NewTopic(topic, Optional.of(1), Optional.empty()))
                    .toList();
            admin.createTopics(missing).all().get();
        }
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
