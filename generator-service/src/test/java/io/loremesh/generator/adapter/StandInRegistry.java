package io.loremesh.generator.adapter;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.loremesh.generator.registry.RegistryClient;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.AliasMove;
import io.loremesh.proto.registry.v1.AliasServiceGrpc;
import io.loremesh.proto.registry.v1.Artifact;
import io.loremesh.proto.registry.v1.ArtifactServiceGrpc;
import io.loremesh.proto.registry.v1.DownloadArtifactRequest;
import io.loremesh.proto.registry.v1.DownloadArtifactResponse;
import io.loremesh.proto.registry.v1.FactServiceGrpc;
import io.loremesh.proto.registry.v1.GetVersionRequest;
import io.loremesh.proto.registry.v1.LedgerEntry;
import io.loremesh.proto.registry.v1.ListFactsRequest;
import io.loremesh.proto.registry.v1.ListFactsResponse;
import io.loremesh.proto.registry.v1.ListLedgerEntriesRequest;
import io.loremesh.proto.registry.v1.ListLedgerEntriesResponse;
import io.loremesh.proto.registry.v1.MutinyAliasServiceGrpc;
import io.loremesh.proto.registry.v1.MutinyArtifactServiceGrpc;
import io.loremesh.proto.registry.v1.MutinyFactServiceGrpc;
import io.loremesh.proto.registry.v1.MutinyPolicyServiceGrpc;
import io.loremesh.proto.registry.v1.MutinyVersionServiceGrpc;
import io.loremesh.proto.registry.v1.Version;
import io.loremesh.proto.registry.v1.VersionServiceGrpc;
import io.loremesh.proto.registry.v1.WatchAliasesRequest;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The registry's contract over a real socket, with what a test puts into it. */
final class StandInRegistry
        implements AliasServiceGrpc.AsyncService,
                ArtifactServiceGrpc.AsyncService,
                FactServiceGrpc.AsyncService,
                VersionServiceGrpc.AsyncService,
                AutoCloseable {
    private final Map<String, Version> versions = new ConcurrentHashMap<>();
    private final Map<String, byte[]> artifacts = new ConcurrentHashMap<>();
    private final Map<String, List<Fact>> learned = new ConcurrentHashMap<>();
    private final List<StreamObserver<AliasMove>> watchers = new CopyOnWriteArrayList<>();
    private final Set<String> silent = ConcurrentHashMap.newKeySet();
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final Server server;
    private final ManagedChannel channel;

    private final int port;

    StandInRegistry() throws IOException {
        server = ServerBuilder.forPort(0)
                .addService(AliasServiceGrpc.bindService(this))
                .addService(ArtifactServiceGrpc.bindService(this))
                .addService(FactServiceGrpc.bindService(this))
                .addService(VersionServiceGrpc.bindService(this))
                .build()
                .start();
        port = server.getPort();
        channel = ManagedChannelBuilder.forAddress("localhost", port)
                .usePlaintext()
                .build();
    }

    int port() {
        return port;
    }

    RegistryClient client() {
        return new RegistryClient(
                MutinyAliasServiceGrpc.newMutinyStub(channel),
                MutinyArtifactServiceGrpc.newMutinyStub(channel),
                MutinyFactServiceGrpc.newMutinyStub(channel),
                MutinyPolicyServiceGrpc.newMutinyStub(channel),
                MutinyVersionServiceGrpc.newMutinyStub(channel));
    }

    /** Registers a version whose artifact has this digest and, perhaps by mistake, these bytes. */
    void put(String version, String digest, byte[] bytes, Fact... facts) {
        artifacts.put(digest, bytes);
        learned.put(version, List.of(facts));
        versions.put(
                version,
                Version.newBuilder()
                        .setName(version)
                        .setArtifact(Artifact.newBuilder().setDigest(digest))
                        .build());
    }

    /** The artifact is asked for in vain. */
    void silence(String digest) {
        silent.add(digest);
    }

    boolean wasAskedFor(String digest) {
        return asked.contains(digest);
    }

    void move(AliasMove move) {
        watchers.forEach(watcher -> watcher.onNext(move));
    }

    boolean watched() {
        return !watchers.isEmpty();
    }

    static String digest(byte[] bytes) throws Exception {
        return "sha256:"
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Override
    public void getVersion(GetVersionRequest request, StreamObserver<Version> response) {
        Version version = versions.get(request.getName());
        if (version == null) {
            response.onError(Status.NOT_FOUND.asRuntimeException());
        } else {
            response.onNext(version);
            response.onCompleted();
        }
    }

    @Override
    public void downloadArtifact(DownloadArtifactRequest request, StreamObserver<DownloadArtifactResponse> response) {
        asked.add(request.getDigest());
        if (silent.contains(request.getDigest())) {
            return;
        }
        byte[] bytes = artifacts.get(request.getDigest());
        for (int from = 0; from < bytes.length; from += 1000) {
            int count = Math.min(1000, bytes.length - from);
            response.onNext(DownloadArtifactResponse.newBuilder()
                    .setData(ByteString.copyFrom(bytes, from, count))
                    .build());
        }
        response.onCompleted();
    }

    @Override
    public void listFacts(ListFactsRequest request, StreamObserver<ListFactsResponse> response) {
        response.onNext(ListFactsResponse.getDefaultInstance());
        response.onCompleted();
    }

    @Override
    public void listLedgerEntries(
            ListLedgerEntriesRequest request, StreamObserver<ListLedgerEntriesResponse> response) {
        ListLedgerEntriesResponse.Builder entries = ListLedgerEntriesResponse.newBuilder();
        learned.get(request.getVersion())
                .forEach(fact -> entries.addEntries(LedgerEntry.newBuilder().setFact(fact)));
        response.onNext(entries.build());
        response.onCompleted();
    }

    @Override
    public void watchAliases(WatchAliasesRequest request, StreamObserver<AliasMove> response) {
        watchers.add(response);
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.shutdownNow();
    }
}
