package io.loremesh.registry.diff;

import io.loremesh.model.checkpoint.ModelFormatException;
import io.loremesh.proto.registry.v1.ModuleNorm;
import io.loremesh.registry.artifact.Artifacts;
import io.loremesh.registry.artifact.ContentDigest;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.outbox.Transactions;
import io.loremesh.registry.version.VersionName;
import io.loremesh.registry.version.Versions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What versions' adapters changed in their base model. Read once for each adapter, as its bytes never change. */
@ApplicationScoped
class AdapterChanges {
    /** Adapters whose norms are kept: a few hundred numbers each. */
    private static final int REMEMBERED = 256;

    private static final Pattern LAYER = Pattern.compile("(?:.*\\.)?layers\\.([0-9]{1,6})\\.(.+)");

    /**
     * By layer and module.
     *
     * @param problem why there are none; empty where there are
     */
    record Told(List<ModuleNorm> norms, String problem) {}

    private final Artifacts artifacts;
    private final Transactions transactions;
    private final Map<String, Map<String, Double>> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Map<String, Double>> eldest) {
            return size() > REMEMBERED;
        }
    };

    AdapterChanges(Artifacts artifacts, Transactions transactions) {
        this.artifacts = artifacts;
        this.transactions = transactions;
    }

    /** An adapter that cannot be read is told and spoils no diff. */
    Uni<Told> between(VersionName base, VersionName candidate) {
        return norms(candidate)
                .chain(after -> norms(base).map(before -> new Told(modules(before, after), "")))
                .onFailure(AdapterChanges::isTheAdapters)
                .recoverWithItem(failure -> new Told(List.of(), failure.getMessage()));
    }

    private static boolean isTheAdapters(Throwable failure) {
        return failure instanceof ModelFormatException
                || failure instanceof UncheckedIOException
                || failure instanceof RegistryException;
    }

    /** By linear map; empty for the bare base. */
    private Uni<Map<String, Double>> norms(VersionName version) {
        return version.isBare()
                ? Uni.createFrom().item(Map.of())
                : transactions
                        .in(() -> Versions.require(version).map(entity -> entity.artifactDigest))
                        .chain(this::norms);
    }

    private Uni<Map<String, Double>> norms(String digest) {
        synchronized (known) {
            Map<String, Double> there = known.get(digest);
            if (there != null) {
                return Uni.createFrom().item(there);
            }
        }
        return artifacts.read(ContentDigest.parse(digest), AdapterNorms::read).invoke(norms -> {
            synchronized (known) {
                known.put(digest, norms);
            }
        });
    }

    private static List<ModuleNorm> modules(Map<String, Double> before, Map<String, Double> after) {
        return after.entrySet().stream()
                .map(change -> {
                    ModuleNorm.Builder module = named(change.getKey()).setNorm(change.getValue());
                    Double base = before.get(change.getKey());
                    return base == null
                            ? module.build()
                            : module.setBaseNorm(base).build();
                })
                .sorted(Comparator.comparing(ModuleNorm::getLayer).thenComparing(ModuleNorm::getModule))
                .toList();
    }

    /** {@code model.layers.3.self_attn.q_proj} is the module {@code self_attn.q_proj} of layer 3. */
    static ModuleNorm.Builder named(String linear) {
        Matcher match = LAYER.matcher(linear);
        return match.matches()
                ? ModuleNorm.newBuilder()
                        .setLayer(Integer.parseInt(match.group(1)))
                        .setModule(match.group(2))
                : ModuleNorm.newBuilder().setModule(linear);
    }
}
