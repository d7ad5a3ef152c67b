package io.loremesh.registry.mlflow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Timestamp;
import io.loremesh.proto.registry.v1.Version;
import io.loremesh.registry.artifact.ContentDigest;
import io.loremesh.registry.version.AliasMoveEntity;
import io.loremesh.registry.version.BaseModelEntity;
import io.loremesh.registry.version.VersionEntity;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Models and versions as MLflow's messages {@code RegisteredModel} and {@code ModelVersion} write them. */
final class ModelJson {
    /** Keys of {@link Version#getTrainingMap}: what the client told when it registered. */
    static final String TOLD_SOURCE = "mlflow_source";

    static final String TOLD_RUN = "mlflow_run_id";
    static final String TOLD_RUN_LINK = "mlflow_run_link";

    private static final String RUNS = "runs/";

    private ModelJson() {}

    /**
     * @param latest empty: the model has no version
     * @param tags of the model and its latest version, perhaps of others
     */
    static ObjectNode model(
            BaseModelEntity model, Optional<ObjectNode> latest, List<AliasMoveEntity> aliases, List<TagEntity> tags) {
        List<TagEntity> own = of(tags, model.id, 0);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        long created = model.createTime.toEpochMilli();
        json.put("name", model.id)
                .put("creation_timestamp", created)
                .put(
                        "last_updated_timestamp",
                        Math.max(
                                changed(created, own),
                                latest.map(version -> version.path("creation_timestamp")
                                                .asLong())
                                        .orElse(0L)));
        description(own).ifPresent(text -> json.put("description", text));
        ArrayNode versions = json.putArray("latest_versions");
        latest.ifPresent(versions::add);
        var known = new TreeMap<String, String>();
        known.put("loremesh.base_digest", model.digest);
        known.put("loremesh.architecture", model.architecture);
        putTags(json, known, own);
        ArrayNode pointing = json.putArray("aliases");
        aliases.stream()
                .filter(move -> !move.target().isBare())
                .sorted(Comparator.comparing(move -> move.alias))
                .forEach(move ->
                        pointing.addObject().put("alias", move.alias).put("version", Integer.toString(move.version)));
        return json;
    }

    /** @param tags of the version, perhaps of others */
    static ObjectNode version(VersionEntity entity, Version version, List<TagEntity> tags) {
        List<TagEntity> own = of(tags, entity.model, entity.number);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        long created = millis(version.getCreateTime());
        json.put("name", entity.model)
                .put("version", Integer.toString(entity.number))
                .put("creation_timestamp", created)
                .put("last_updated_timestamp", changed(created, own))
                .put("current_stage", "None")
                .put("source", address(version))
                .put("status", "READY");
        description(own).ifPresent(text -> json.put("description", text));
        Map<String, String> training = version.getTrainingMap();
        String run = version.getRun().isEmpty()
                ? training.getOrDefault(TOLD_RUN, "")
                : version.getRun().replaceFirst("^" + RUNS, "");
        if (!run.isEmpty()) {
            json.put("run_id", run);
        }
        if (training.containsKey(TOLD_RUN_LINK)) {
            json.put("run_link", training.get(TOLD_RUN_LINK));
        }
        putTags(json, known(version), own);
        ArrayNode aliases = json.putArray("aliases");
        version.getAliasesList().forEach(aliases::add);
        return json;
    }

    /** Where a version's files are: by their content, so that the address holds as long as the version does. */
    static String address(Version version) {
        return "mlflow-artifacts:/sha256/"
                + ContentDigest.parse(version.getArtifact().getDigest()).hex();
    }

    private static Map<String, String> known(Version version) {
        var known = new TreeMap<String, String>();
        known.put("loremesh.artifact_digest", version.getArtifact().getDigest());
        known.put("loremesh.base_digest", version.getBaseDigest());
        known.put("loremesh.fact_count", Integer.toString(version.getFactsCount()));
        if (!version.getParent().isEmpty()) {
            known.put("loremesh.parent", version.getParent());
        }
        if (version.hasVerdict()) {
            known.put(
                    "loremesh.verdict",
                    switch (version.getVerdict().getDecision()) {
                        case DECISION_ACCEPTED -> "accepted";
                        case DECISION_REJECTED -> "rejected";
                        case DECISION_AWAITING_APPROVAL -> "awaiting_approval";
                        case DECISION_UNSPECIFIED, UNRECOGNIZED -> "undecided";
                    });
        }
        return known;
    }

    private static List<TagEntity> of(Collection<TagEntity> tags, String model, int version) {
        return tags.stream()
                .filter(tag -> tag.model.equals(model) && tag.version == version)
                .toList();
    }

    private static long changed(long created, List<TagEntity> own) {
        return own.stream().mapToLong(tag -> tag.updateTime.toEpochMilli()).reduce(created, Math::max);
    }

    private static Optional<String> description(List<TagEntity> own) {
        return own.stream()
                .filter(tag -> tag.key.equals(Tags.DESCRIPTION))
                .map(tag -> tag.value)
                .findFirst();
    }

    private static void putTags(ObjectNode json, Map<String, String> known, List<TagEntity> own) {
        ArrayNode tags = json.putArray("tags");
        known.forEach((key, value) -> tags.addObject().put("key", key).put("value", value));
        own.stream()
                .filter(tag -> !tag.key.equals(Tags.DESCRIPTION))
                .forEach(tag -> tags.addObject().put("key", tag.key).put("value", tag.value));
    }

    private static long millis(Timestamp time) {
        return time.getSeconds() * 1_000 + time.getNanos() / 1_000_000;
    }
}
