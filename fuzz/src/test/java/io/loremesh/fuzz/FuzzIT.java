package io.loremesh.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.loremesh.cli.ask.Asking;
import io.loremesh.cli.connect.MeshAddress;
import io.loremesh.cli.connect.MeshClients;
import io.loremesh.cli.launch.MeshLayout;
import io.loremesh.cli.launch.Ports;
import io.loremesh.cli.launch.RunningMesh;
import io.loremesh.cli.teach.KnowledgePublisher;
import io.loremesh.cli.teach.Lesson;
import io.loremesh.cli.teach.RecordedFacts;
import io.loremesh.cli.teach.TeachCommand;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.events.DeadLetter;
import io.loremesh.events.Topics;
import io.loremesh.knowledge.FactRules;
import io.loremesh.proto.generator.v1.Answer;
import io.loremesh.proto.generator.v1.GenerateAnswerRequest;
import io.loremesh.proto.knowledge.v1.Document;
import io.loremesh.proto.knowledge.v1.DocumentRetraction;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.knowledge.v1.FactRetraction;
import io.loremesh.proto.registry.v1.AliasMove;
import io.loremesh.proto.registry.v1.Version;
import io.loremesh.proto.retriever.v1.SearchPassagesRequest;
import io.loremesh.proto.trainer.v1.CancelRunRequest;
import io.loremesh.proto.trainer.v1.Run;
import io.loremesh.proto.trainer.v1.TrainerServiceGrpc;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real services on a real Kafka and PostgreSQL. {@code loremesh.fuzz.inputs} says how many inputs,
 * {@code loremesh.fuzz.seed} which: input {@code i} is made from {@code seed + i} alone, so that a fault can be made
 * again.
 */
class FuzzIT {
    private static final int INPUTS = Integer.getInteger("loremesh.fuzz.inputs");
    private static final long SEED = Long.getLong("loremesh.fuzz.seed");
    private static final int RPC_INPUTS = INPUTS * 7 / 10;
    private static final int EVENT_INPUTS = INPUTS - RPC_INPUTS;
    /** Records between two facts that must be heard. */
    private static final int BATCH = 2_000;

    private static final List<String> TOPICS = List.of(Topics.KNOWLEDGE, Topics.VERSIONS, Topics.RUNS, Topics.ANSWERS);
    private static final List<Descriptor> PAYLOADS = List.of(
            Fact.getDescriptor(),
            FactRetraction.getDescriptor(),
            Document.getDescriptor(),
            DocumentRetraction.getDescriptor(),
            Version.getDescriptor(),
            AliasMove.getDescriptor(),
            Run.getDescriptor(),
            Answer.getDescriptor());

    @TempDir
    static Path directory;

    private static RunningMesh mesh;
    private static MeshClients clients;
    private static KnowledgePublisher publisher;
    private static ManagedChannel trainer;

    @BeforeAll
    static void start() throws Exception {
        mesh = Ports.onFree(address -> RunningMesh.startFresh(
                new MeshLayout(MeshLayout.repository(), directory, address), Terminal.standard()));
        clients = new MeshClients(mesh.address());
        publisher = new KnowledgePublisher(mesh.address(), "/fuzz/sentinel");
    }

    @AfterAll
    static void stop() {
        if (mesh != null) {
            publisher.close();
            clients.close();
            mesh.close();
        }
    }

    @Test
    void everyCallEndsInAnAnswerOrAStatusWithWords() throws Exception {
        List<Rpc> rpcs = Rpc.all();
        assertThat(rpcs).as("the methods of the contracts").hasSizeGreaterThan(50);
        Map<String, ManagedChannel> channels = channels();
        Map<String, ManagedChannel> lasting = channels();
        trainer = channels.get("trainer");
        var calls = new RpcCalls(FuzzIT::cancelRun);
        try {
            for (int i = 0; i < RPC_INPUTS; i++) {
                Rpc rpc = rpcs.get(i % rpcs.size());
                byte[] message =
                        new MessageFuzzer(SEED + i).bytes(rpc.descriptor().getInputType());
                var connection = (RpcCalls.isLasting(rpc) ? lasting : channels).get(rpc.service());
                calls.send(connection, rpc, message, "seed %d + %d".formatted(SEED, i));
            }
            calls.await();
        } finally {
            channels.values().forEach(ManagedChannel::shutdownNow);
            lasting.values().forEach(ManagedChannel::shutdownNow);
        }
        System.out.printf("fuzz: %,d calls of %d methods%n", RPC_INPUTS, rpcs.size());
        calls.outcomes().forEach((method, codes) -> System.out.printf("  %-36s %s%n", method, new TreeMap<>(codes)));

        assertThat(calls.faults()).isEmpty();
        worksAsBefore();
    }

    @Test
    void everyRecordIsAppliedOrADeadLetterAndTheNextOneIsHeard() throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", mesh.address().kafkaBootstrap()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < EVENT_INPUTS; i++) {
                producer.send(new EventFuzzer(SEED + i, PAYLOADS).on(TOPICS.get(i % TOPICS.size())));
                if (i % BATCH == BATCH - 1) {
                    producer.flush();
                    worksAsBefore();
                }
            }
        }
        worksAsBefore();

        Map<String, Long> letters = deadLetters();
        System.out.printf("fuzz: %,d records on %d topics; dead letters %s%n", EVENT_INPUTS, TOPICS.size(), letters);
        assertThat(letters)
                .containsOnlyKeys(TOPICS.stream().map(Topics::deadLetter).toList());
    }

    /** A run that came about would train for minutes. */
    private static void cancelRun(Rpc rpc, byte[] answer) {
        if (!rpc.name().equals("trainer.CreateRun")) {
            return;
        }
        try {
            var run =
                    CancelRunRequest.newBuilder().setName(Run.parseFrom(answer).getName());
            TrainerServiceGrpc.newFutureStub(trainer).cancelRun(run.build());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("CreateRun answered no run", e);
        }
    }

    private static Map<String, ManagedChannel> channels() {
        var channels = new HashMap<String, ManagedChannel>();
        Map<String, Integer> ports = ports();
        ports.forEach((service, port) -> channels.put(
                service,
                ManagedChannelBuilder.forAddress(mesh.address().host(), port)
                        .usePlaintext()
                        .maxInboundMessageSize(64 << 20)
                        .build()));
        return channels;
    }

    private static Map<String, Integer> ports() {
        MeshAddress address = mesh.address();
        return Map.of(
                "retriever", address.retriever(),
                "generator", address.generator(),
                "trainer", address.trainer(),
                "registry", address.registry());
    }

    /** A new fact is indexed, recorded and found, questions are answered, and every service says that it is well. */
    private static void worksAsBefore() throws Exception {
        String name = "Zora" + UUID.randomUUID().toString().substring(0, 4).toUpperCase(Locale.ROOT);
        Lesson lesson = Lesson.of(FactRules.named(Fact.newBuilder()
                .setQuestion("How old is %s?".formatted(name))
                .setAnswer("10")
                .build()));
        TeachCommand.awaitIndexed(clients, publisher.publish(List.of(lesson)));
        RecordedFacts.await(clients, Set.of(lesson.subject()));
        String question = "How old is %s?".formatted(name);
        var search = SearchPassagesRequest.newBuilder().setQuery(question).setPageSize(100);
        assertThat(clients.retriever().searchPassages(search.build()).getPassagesList())
                .extracting(found -> found.getPassage().getName())
                .as("passages for %s", question)
                .anyMatch(passage -> passage.startsWith(lesson.subject() + "/"));
        // What the small base reads among a thousand hostile passages is not asked here: that it answers at all is.
        var request = GenerateAnswerRequest.newBuilder().setQuestion(question).build();
        assertThat(Asking.ask(clients.generator(), request, delta -> {})
                        .answer()
                        .getText())
                .as("an answer to %s", question)
                .isNotBlank();
        try (var http = HttpClient.newHttpClient()) {
            for (var service : ports().entrySet()) {
                var health = http.send(
                        HttpRequest.newBuilder(URI.create("http://%s:%d/q/health"
                                        .formatted(mesh.address().host(), service.getValue())))
                                .build(),
                        BodyHandlers.ofString());
                assertThat(health.statusCode())
                        .as("%s: %s", service.getKey(), health.body())
                        .isEqualTo(200);
            }
        }
    }

    /** How many letters lie on each dead-letter topic. Each has a reason. */
    private static Map<String, Long> deadLetters() {
        var counts = new TreeMap<String, Long>();
        var settings =
                Map.<String, Object>of("bootstrap.servers", mesh.address().kafkaBootstrap());
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = new HashSet<TopicPartition>();
            for (String topic : TOPICS) {
                consumer.partitionsFor(Topics.deadLetter(topic))
                        .forEach(part -> partitions.add(new TopicPartition(part.topic(), part.partition())));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> letter : consumer.poll(Duration.ofSeconds(1))) {
                    var reason = letter.headers().lastHeader(DeadLetter.REASON);
                    assertThat(reason)
                            .as("the reason of a letter on %s", letter.topic())
                            .isNotNull();
                    assertThat(new String(reason.value(), UTF_8)).isNotBlank();
                    counts.merge(letter.topic(), 1L, Long::sum);
                }
            }
        }
        return counts;
    }
}
