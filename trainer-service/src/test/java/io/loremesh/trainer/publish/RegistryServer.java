package io.loremesh.trainer.publish;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.Artifact;
import io.loremesh.proto.registry.v1.ArtifactServiceClient;
import io.loremesh.proto.registry.v1.ArtifactServiceGrpc;
import io.loremesh.proto.registry.v1.ArtifactStatus;
import io.loremesh.proto.registry.v1.BaseModel;
import io.loremesh.proto.registry.v1.BaseModelServiceClient;
import io.loremesh.proto.registry.v1.BaseModelServiceGrpc;
import io.loremesh.proto.registry.v1.CreateBaseModelRequest;
import io.loremesh.proto.registry.v1.CreateVersionRequest;
import io.loremesh.proto.registry.v1.DownloadArtifactRequest;
import io.loremesh.proto.registry.v1.DownloadArtifactResponse;
import io.loremesh.proto.registry.v1.FactHistory;
import io.loremesh.proto.registry.v1.FactRevision;
import io.loremesh.proto.registry.v1.FactScreening;
import io.loremesh.proto.registry.v1.FactServiceClient;
import io.loremesh.proto.registry.v1.FactServiceGrpc;
import io.loremesh.proto.registry.v1.GetArtifactStatusRequest;
import io.loremesh.proto.registry.v1.GetFactHistoryRequest;
import io.loremesh.proto.registry.v1.GetVersionRequest;
import io.loremesh.proto.registry.v1.LedgerEntry;
import io.loremesh.proto.registry.v1.ListFactsRequest;
import io.loremesh.proto.registry.v1.ListFactsResponse;
import io.loremesh.proto.registry.v1.ListLedgerEntriesRequest;
import io.loremesh.proto.registry.v1.ListLedgerEntriesResponse;
import io.loremesh.proto.registry.v1.ScreenFactsRequest;
import io.loremesh.proto.registry.v1.Screening;
import io.loremesh.proto.registry.v1.ScreeningServiceClient;
import io.loremesh.proto.registry.v1.ScreeningServiceGrpc;
import io.loremesh.proto.registry.v1.UploadArtifactRequest;
import io.loremesh.proto.registry.v1.UploadArtifactResponse;
import io.loremesh.proto.registry.v1.Version;
import io.loremesh.proto.registry.v1.VersionServiceClient;
import io.loremesh.proto.registry.v1.VersionServiceGrpc;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * The registry's contract over a real gRPC connection, kept in memory, for tests that need it in states that are hard
 * to bring about: pages of two, an upload that broke off, bytes that rotted. The integration tests meet
 * {@link RegistryProcess}.
 */
public final class RegistryServer
        implements ArtifactServiceGrpc.AsyncService,
                BaseModelServiceGrpc.AsyncService,
                FactServiceGrpc.AsyncService,
                ScreeningServiceGrpc.AsyncService,
                VersionServiceGrpc.AsyncService,
                AutoCloseable {
    private final Server server;
    private final Map<String, FactRevision> facts = new TreeMap<>();
    private final Map<String, Artifact> artifacts = new ConcurrentHashMap<>();
    private final Map<String, ByteString> bytes = new ConcurrentHashMap<>();
    private final List<Version> versions = new ArrayList<>();
    private final List<ManagedChannel> channels = new ArrayList<>();
    private final List<BaseModel> bases = new ArrayList<>();
    private final Map<String, String> keptOut = new ConcurrentHashMap<>();
    private final List<ScreenFactsRequest> screened = new CopyOnWriteArrayList<>();
    private Optional<Version> active = Optional.empty();

    public RegistryServer() {
        try {
            server = NettyServerBuilder.forPort(0)
                    .addService(ArtifactServiceGrpc.bindService(this))
                    .addService(BaseModelServiceGrpc.bindService(this))
                    .addService(FactServiceGrpc.bindService(this))
                    .addService(ScreeningServiceGrpc.bindService(this))
                    .addService(VersionServiceGrpc.bindService(this))
                    .build()
                    .start();
        } catch (IOException e) {
            throw new IllegalStateException("no port is free", e);
        }
    }

    public int port() {
        return server.getPort();
    }

    /** The trainer's own client of this server. */
    public GrpcRegistry client() {
        ManagedChannel channel = NettyChannelBuilder.forAddress("localhost", port())
                .usePlaintext()
                .build();
        channels.add(channel);
        return new GrpcRegistry(
                new ArtifactServiceClient("registry", channel, (name, stub) -> stub),
                new BaseModelServiceClient("registry", channel, (name, stub) -> stub),
                new FactServiceClient("registry", channel, (name, stub) -> stub),
                new ScreeningServiceClient("registry", channel, (name, stub) -> stub),
                new VersionServiceClient("registry", channel, (name, stub) -> stub));
    }

    public synchronized RegistryServer record(Fact... recorded) {
        for (Fact fact : recorded) {
            facts.put(fact.getName(), FactRevision.newBuilder().setFact(fact).build());
        }
        return this;
    }

    public synchronized void retract(String name) {
        facts.computeIfPresent(
                name, (any, last) -> last.toBuilder().setRetracted(true).build());
    }

    /** Has the policy keep a fact out of training from now on. */
    public void keepOut(Fact fact, String reason) {
        keptOut.put(fact.getName(), reason);
    }

    /** What was asked to be screened, in order. */
    public List<ScreenFactsRequest> screened() {
        return List.copyOf(screened);
    }

    /** Makes a version the active one; its facts count as learned. */
    public synchronized void activate(Version version) {
        active = Optional.of(version);
    }

    public synchronized List<Version> versions() {
        return List.copyOf(versions);
    }

    public synchronized List<BaseModel> bases() {
        return List.copyOf(bases);
    }

    public byte[] artifact(String digest) {
        return bytes.get(digest).toByteArray();
    }

    /** Keeps the first bytes of an artifact, as an upload that broke off leaves them. */
    public void keepPart(String digest, byte[] part) {
        bytes.put(digest, ByteString.copyFrom(part));
    }

    @Override
    public synchronized void createBaseModel(CreateBaseModelRequest request, StreamObserver<BaseModel> observer) {
        bases.add(request.getBaseModel());
        answer(observer, Optional.of(request.getBaseModel()));
    }

    @Override
    public synchronized void getVersion(GetVersionRequest request, StreamObserver<Version> observer) {
        answer(
                observer,
                request.getName().endsWith("/active")
                        ? active
                        : versions.stream()
                                .filter(version -> version.getName().equals(request.getName()))
                                .findFirst());
    }

    @Override
    public synchronized void listFacts(ListFactsRequest request, StreamObserver<ListFactsResponse> observer) {
        List<String> learned = active.filter(version -> version.getName().equals(request.getNotLearnedBy()))
                .map(version -> List.copyOf(version.getFactsList()))
                .orElse(List.of());
        List<Fact> left = facts.values().stream()
                .filter(revision -> !revision.getRetracted())
                .map(FactRevision::getFact)
                .filter(fact -> !learned.contains(fact.getName()))
                .toList();
        // Pages of two, so that a client that reads the first alone is found out.
        int from = request.getPageToken().isEmpty() ? 0 : Integer.parseInt(request.getPageToken());
        int to = Math.min(left.size(), from + 2);
        answer(
                observer,
                Optional.of(ListFactsResponse.newBuilder()
                        .addAllFacts(left.subList(from, to))
                        .setNextPageToken(to < left.size() ? Integer.toString(to) : "")
                        .build()));
    }

    @Override
    public void screenFacts(ScreenFactsRequest request, StreamObserver<Screening> observer) {
        screened.add(request);
        Screening.Builder screening =
                Screening.newBuilder().setPolicy("strict@sha256:1").setAuthority("a.jsonl@sha256:2");
        for (Fact fact : request.getFactsList()) {
            FactScreening.Builder found = screening.addFactsBuilder().setFact(fact.getName());
            Optional.ofNullable(keptOut.get(fact.getName()))
                    .ifPresent(reason -> found.setKeptOut(true).addReasons(reason));
        }
        answer(observer, Optional.of(screening.build()));
    }

    @Override
    public synchronized void getFactHistory(GetFactHistoryRequest request, StreamObserver<FactHistory> observer) {
        answer(observer, Optional.ofNullable(facts.get(request.getName())).map(last -> FactHistory.newBuilder()
                .addRevisions(last)
                .build()));
    }

    @Override
    public synchronized void listLedgerEntries(
            ListLedgerEntriesRequest request, StreamObserver<ListLedgerEntriesResponse> observer) {
        ListLedgerEntriesResponse.Builder page = ListLedgerEntriesResponse.newBuilder();
        active.ifPresent(version -> version.getFactsList()
                .forEach(name -> page.addEntries(
                        LedgerEntry.newBuilder().setFact(facts.get(name).getFact()))));
        answer(observer, Optional.of(page.build()));
    }

    @Override
    public void getArtifactStatus(GetArtifactStatusRequest request, StreamObserver<ArtifactStatus> observer) {
        answer(observer, Optional.ofNullable(bytes.get(request.getDigest())).map(stored -> ArtifactStatus.newBuilder()
                .setStoredBytes(stored.size())
                .setComplete(artifacts.containsKey(request.getDigest()))
                .build()));
    }

    @Override
    public StreamObserver<UploadArtifactRequest> uploadArtifact(StreamObserver<UploadArtifactResponse> observer) {
        return new StreamObserver<>() {
            private Artifact artifact;
            private ByteString stored;

            @Override
            public void onNext(UploadArtifactRequest part) {
                if (artifact == null) {
                    artifact = part.getArtifact();
                    stored = bytes.getOrDefault(artifact.getDigest(), ByteString.EMPTY)
                            .substring(0, (int) part.getOffset());
                }
                stored = stored.concat(part.getData());
            }

            @Override
            public void onError(Throwable broken) {
                artifact = null;
            }

            @Override
            public void onCompleted() {
                bytes.put(artifact.getDigest(), stored);
                artifacts.put(artifact.getDigest(), artifact);
                answer(
                        observer,
                        Optional.of(UploadArtifactResponse.newBuilder()
                                .setArtifact(artifact)
                                .build()));
            }
        };
    }

    @Override
    public void downloadArtifact(DownloadArtifactRequest request, StreamObserver<DownloadArtifactResponse> observer) {
        ByteString stored = bytes.get(request.getDigest());
        int middle = stored.size() / 2;
        observer.onNext(DownloadArtifactResponse.newBuilder()
                .setData(stored.substring(0, middle))
                .build());
        observer.onNext(DownloadArtifactResponse.newBuilder()
                .setData(stored.substring(middle))
                .build());
        observer.onCompleted();
    }

    @Override
    public synchronized void createVersion(CreateVersionRequest request, StreamObserver<Version> observer) {
        Version version = request.getVersion().toBuilder()
                .setName("%s/versions/%d".formatted(request.getParent(), versions.size() + 1))
                .build();
        versions.add(version);
        answer(observer, Optional.of(version));
    }

    private static <T> void answer(StreamObserver<T> observer, Optional<T> found) {
        if (found.isEmpty()) {
            observer.onError(Status.NOT_FOUND.asRuntimeException());
            return;
        }
        observer.onNext(found.get());
        observer.onCompleted();
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        server.shutdownNow();
        try {
            server.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
