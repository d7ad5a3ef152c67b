package io.loremesh.registry.mlflow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.outbox.Transactions;
import io.loremesh.registry.version.VersionEntity;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds versions in pieces, each in a transaction of its own, until as many match as were asked for. */
@ApplicationScoped
class VersionSearch {
    /** What MLflow's clients ask for by themselves. */
    private static final int MOST = 10_000;

    private static final int PIECE = 200;
    private static final Pattern TOKEN = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})");

    private final Transactions transactions;

    VersionSearch(Transactions transactions) {
        this.transactions = transactions;
    }

    /** The last row that was looked at. Keys of rows, so versions that come meanwhile shift nothing. */
    private record Place(Instant time, long id) {
        static Place before(SearchOrder order) {
            return order == SearchOrder.FORWARD
                    ? new Place(Instant.EPOCH, 0)
                    : new Place(Instant.EPOCH.plus(365_000, ChronoUnit.DAYS), 0);
        }

        static Place parse(String token, SearchOrder order) {
            if (token.isEmpty()) {
                return before(order);
            }
            Matcher match = TOKEN.matcher(token);
            if (!match.matches()) {
                throw new RegistryException(
                        Kind.INVALID, "page_token is not one of this search; send what the last page gave");
            }
            return new Place(
                    Instant.EPOCH.plus(Long.parseLong(match.group(1)), ChronoUnit.MICROS),
                    Long.parseLong(match.group(2)));
        }

        static Place of(VersionEntity version) {
            return new Place(version.createTime, version.id);
        }

        String token() {
            return ChronoUnit.MICROS.between(Instant.EPOCH, time) + "-" + id;
        }
    }

    private record Query(String model, SearchFilter filter, SearchOrder order, int most) {}

    private record Piece(List<VersionEntity> rows, List<ObjectNode> described) {}

    Uni<ObjectNode> search(Parameters told) {
        SearchFilter filter = SearchFilter.parse(told.text("filter"), SearchFilter.OF_VERSIONS);
        SearchOrder order = SearchOrder.ofVersions(told.texts("order_by"));
        var query = new Query(filter.onlyModel().orElse(""), filter, order, told.maxResults(MOST, MOST));
        return collect(query, Place.parse(told.text("page_token"), order), new ArrayList<>());
    }

    private Uni<ObjectNode> collect(Query query, Place after, List<ObjectNode> found) {
        return transactions
                .in(() -> rows(query, after)
                        .chain(rows -> ModelVersions.describe(rows).map(described -> new Piece(rows, described))))
                // A long text and a long pattern take their time.
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .chain(piece -> {
                    for (int row = 0; row < piece.rows().size(); row++) {
                        if (found.size() == query.most()) {
                            return Uni.createFrom()
                                    .item(answer(
                                            found,
                                            Place.of(piece.rows().get(row - 1)).token()));
                        }
                        if (query.filter().matches(piece.described().get(row))) {
                            found.add(piece.described().get(row));
                        }
                    }
                    boolean last = piece.rows().size() < PIECE;
                    if (last) {
                        return Uni.createFrom().item(answer(found, ""));
                    }
                    Place next = Place.of(piece.rows().getLast());
                    return found.size() == query.most()
                            ? Uni.createFrom().item(answer(found, next.token()))
                            : collect(query, next, found);
                });
    }

    private static Uni<List<VersionEntity>> rows(Query query, Place after) {
        String text =
                switch (query.order()) {
                    case FORWARD ->
                        "(?1 = '' or model = ?1) and (createTime > ?2 or createTime = ?2 and id "
                                + "> ?3) order by createTime, id";
                    case BACKWARD ->
                        "(?1 = '' or model = ?1) and (createTime < ?2 or createTime = ?2 and id < ?3)"
                                + " order by createTime desc, id desc";
                };
        return VersionEntity.<VersionEntity>find(text, query.model(), after.time(), after.id())
                .range(0, PIECE - 1)
                .list();
    }

    private static ObjectNode answer(List<ObjectNode> found, String nextToken) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.putArray("model_versions").addAll(found);
        if (!nextToken.isEmpty()) {
            answer.put("next_page_token", nextToken);
        }
        return answer;
    }
}
