package io.loremesh.trainer.publish;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.Artifact;
import io.loremesh.proto.registry.v1.ArtifactService;
import io.loremesh.proto.registry.v1.ArtifactStatus;
import io.loremesh.proto.registry.v1.BaseModel;
import io.loremesh.proto.registry.v1.BaseModelService;
import io.loremesh.proto.registry.v1.CreateBaseModelRequest;
import io.loremesh.proto.registry.v1.CreateVersionRequest;
import io.loremesh.proto.registry.v1.DownloadArtifactRequest;
import io.loremesh.proto.registry.v1.DownloadArtifactResponse;
import io.loremesh.proto.registry.v1.FactHistory;
import io.loremesh.proto.registry.v1.FactRevision;
import io.loremesh.proto.registry.v1.FactService;
import io.loremesh.proto.registry.v1.GetArtifactStatusRequest;
import io.loremesh.proto.registry.v1.GetFactHistoryRequest;
import io.loremesh.proto.registry.v1.GetVersionRequest;
import io.loremesh.proto.registry.v1.KnowledgeState;
import io.loremesh.proto.registry.v1.LedgerEntry;
import io.loremesh.proto.registry.v1.ListFactsRequest;
import io.loremesh.proto.registry.v1.ListFactsResponse;
import io.loremesh.proto.registry.v1.ListLedgerEntriesRequest;
import io.loremesh.proto.registry.v1.ListLedgerEntriesResponse;
import io.loremesh.proto.registry.v1.ScreenFactsRequest;
import io.loremesh.proto.registry.v1.Screening;
import io.loremesh.proto.registry.v1.ScreeningService;
import io.loremesh.proto.registry.v1.UploadArtifactRequest;
import io.loremesh.proto.registry.v1.Version;
import io.loremesh.proto.registry.v1.VersionService;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.faulttolerance.api.ExponentialBackoff;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.faulttolerance.Retry;

/**
 * The registry over gRPC. A call that finds it away is repeated for some four seconds: a registry that restarts, or a
 * fresh mesh whose registry is the last to be ready, costs a run nothing. Call it from worker threads only.
 */
@ApplicationScoped
@Retry(maxRetries = 4, delay = 250, jitter = 50, retryOn = RegistryException.Away.class)
@ExponentialBackoff
public class GrpcRegistry implements Registry {
    private static final Duration CALL = Duration.ofSeconds(10);
    private static final Duration TRANSFER = Duration.ofMinutes(5);
    private static final int PAGE = 1_000;
    /** A fact may be long: so many of them fit a message however long they are. */
    private static final int SCREENED_AT_ONCE = 100;

    private static final int CHUNK = 1 << 18;

    private final ArtifactService artifacts;
    private final BaseModelService baseModels;
    private final FactService facts;
    private final ScreeningService screenings;
    private final VersionService versions;

    GrpcRegistry(
            @GrpcClient("registry") ArtifactService artifacts,
            @GrpcClient("registry") BaseModelService baseModels,
            @GrpcClient("registry") FactService facts,
            @GrpcClient("registry") ScreeningService screenings,
            @GrpcClient("registry") VersionService versions) {
        this.artifacts = artifacts;
        this.baseModels = baseModels;
        this.facts = facts;
        this.screenings = screenings;
        this.versions = versions;
    }

    @Override
    public Optional<Version> findVersion(String name) {
        return find(
                "GetVersion",
                versions.getVersion(GetVersionRequest.newBuilder().setName(name).build()));
    }

    @Override
    public List<Fact> factsNotLearnedBy(String knower) {
        List<Fact> listed = new ArrayList<>();
        ListFactsRequest.Builder request =
                ListFactsRequest.newBuilder().setNotLearnedBy(knower).setPageSize(PAGE);
        do {
            ListFactsResponse page = call("ListFacts", facts.listFacts(request.build()), CALL);
            listed.addAll(page.getFactsList());
            request.setPageToken(page.getNextPageToken());
        } while (!request.getPageToken().isEmpty());
        return listed;
    }

    @Override
    public Optional<FactRevision> currentRevision(String fact) {
        GetFactHistoryRequest request =
                GetFactHistoryRequest.newBuilder().setName(fact).build();
        return find("GetFactHistory", facts.getFactHistory(request))
                .map(FactHistory::getRevisionsList)
                .map(List::getLast);
    }

    @Override
    public List<Fact> learnedBy(String version) {
        List<Fact> listed = new ArrayList<>();
        ListLedgerEntriesRequest.Builder request = ListLedgerEntriesRequest.newBuilder()
                .setVersion(version)
                .setState(KnowledgeState.KNOWLEDGE_STATE_LEARNED)
                .setPageSize(PAGE);
        do {
            ListLedgerEntriesResponse page = call("ListLedgerEntries", facts.listLedgerEntries(request.build()), CALL);
            page.getEntriesList().stream().map(LedgerEntry::getFact).forEach(listed::add);
            request.setPageToken(page.getNextPageToken());
        } while (!request.getPageToken().isEmpty());
        return listed;
    }

    @Override
    public Screening screen(String model, String run, List<Fact> facts) {
        Screening.Builder screening = Screening.newBuilder();
        for (int from = 0; from < facts.size(); from += SCREENED_AT_ONCE) {
            ScreenFactsRequest request = ScreenFactsRequest.newBuilder()
                    .setModel(model)
                    .setRun(run)
                    .addAllFacts(facts.subList(from, Math.min(facts.size(), from + SCREENED_AT_ONCE)))
                    .build();
            screening.mergeFrom(call("ScreenFacts", screenings.screenFacts(request), CALL));
        }
        return screening.build();
    }

    @Override
    public void download(Artifact artifact, Path file) {
        DownloadArtifactRequest request = DownloadArtifactRequest.newBuilder()
                .setDigest(artifact.getDigest())
                .build();
        try {
            try (OutputStream out = Files.newOutputStream(file)) {
                for (DownloadArtifactResponse part :
                        artifacts.downloadArtifact(request).subscribe().asIterable()) {
                    part.getData().writeTo(out);
                }
            } catch (StatusRuntimeException e) {
                throw failure("DownloadArtifact", e);
            }
            String digest = ArtifactFile.digest(file);
            if (!digest.equals(artifact.getDigest())) {
                throw new RegistryException.Refused("artifact %s came as %s; store it in the registry again"
                        .formatted(artifact.getDigest(), digest));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("artifact %s cannot be kept in %s".formatted(artifact.getDigest(), file), e);
        }
    }

    @Override
    public void upload(Artifact artifact, Path file) {
        GetArtifactStatusRequest request = GetArtifactStatusRequest.newBuilder()
                .setDigest(artifact.getDigest())
                .build();
        ArtifactStatus stored = find("GetArtifactStatus", artifacts.getArtifactStatus(request))
                .orElse(ArtifactStatus.getDefaultInstance());
        if (stored.getComplete()) {
            return;
        }
        UploadArtifactRequest first = UploadArtifactRequest.newBuilder()
                .setArtifact(artifact)
                .setOffset(stored.getStoredBytes())
                .build();
        Multi<UploadArtifactRequest> rest = Multi.createFrom()
                .resource(() -> open(file, stored.getStoredBytes()), GrpcRegistry::chunks)
                .withFinalizer(GrpcRegistry::close);
        Multi<UploadArtifactRequest> parts =
                Multi.createBy().concatenating().streams(Multi.createFrom().item(first), rest);
        call("UploadArtifact", artifacts.uploadArtifact(parts), TRANSFER);
    }

    @Override
    public void ensureBaseModel(String id, BaseModel base) {
        CreateBaseModelRequest request = CreateBaseModelRequest.newBuilder()
                .setBaseModelId(id)
                .setBaseModel(base)
                .build();
        call("CreateBaseModel", baseModels.createBaseModel(request), CALL);
    }

    @Override
    public Version createVersion(String model, Version version) {
        CreateVersionRequest request = CreateVersionRequest.newBuilder()
                .setParent(model)
                .setVersion(version)
                .build();
        return call("CreateVersion", versions.createVersion(request), CALL);
    }

    private static <T> Optional<T> find(String name, Uni<T> call) {
        try {
            return Optional.of(call(name, call, CALL));
        } catch (RegistryException.Refused e) {
            if (e.code() == Status.Code.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static <T> T call(String name, Uni<T> call, Duration limit) {
        try {
            return call.await().atMost(limit);
        } catch (TimeoutException e) {
            throw new RegistryException.Away(name, e);
        } catch (StatusRuntimeException e) {
            throw failure(name, e);
        }
    }

    private static RegistryException failure(String name, StatusRuntimeException e) {
        return switch (e.getStatus().getCode()) {
            case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED -> new RegistryException.Away(name, e);
            default -> new RegistryException.Refused(name, e.getStatus());
        };
    }

    private static InputStream open(Path file, long offset) {
        try {
            InputStream in = Files.newInputStream(file);
            in.skipNBytes(offset);
            return in;
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be sent".formatted(file), e);
        }
    }

    private static Multi<UploadArtifactRequest> chunks(InputStream in) {
        return Multi.createBy()
                .repeating()
                .supplier(() -> read(in))
                .until(ByteString::isEmpty)
                .map(data -> UploadArtifactRequest.newBuilder().setData(data).build());
    }

    private static ByteString read(InputStream in) {
        try {
            return ByteString.copyFrom(in.readNBytes(CHUNK));
        } catch (IOException e) {
            throw new UncheckedIOException("the adapter's archive cannot be read", e);
        }
    }

    private static void close(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the adapter's archive cannot be closed", e);
        }
    }
}
