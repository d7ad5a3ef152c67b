package io.loremesh.cli.version;

import com.google.protobuf.Timestamp;
import io.loremesh.cli.connect.MeshClients;
import io.loremesh.cli.connect.VersionNames;
import io.loremesh.cli.terminal.Failure;
import io.loremesh.cli.terminal.Table;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.cli.terminal.Times;
import io.loremesh.proto.registry.v1.AliasMove;
import io.loremesh.proto.registry.v1.ListAliasMovesRequest;
import io.loremesh.proto.registry.v1.ListAliasMovesResponse;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.TreeMap;

/** Where every alias pointed at an instant, by the last move that each had made until then. */
final class LiveHistory {
    private static final int PAGE = 1_000;

    private LiveHistory() {}

    /** Reads {@code 2026-11-20T09:30:00Z}, or without a zone the time of this machine. */
    static Instant instant(String text, ZoneId zone) {
        try {
            return text.matches(".*(Z|[+-]\\d{2}:\\d{2})")
                    ? java.time.OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text.replace(' ', 'T')).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            throw new Failure(
                    "\"%s\" is no instant; write 2026-11-20T09:30:00Z, or \"2026-11-20 09:30:00\" for the time here"
                            .formatted(text));
        }
    }

    static Collection<AliasMove> at(MeshClients clients, String model, Instant time) {
        var last = new TreeMap<String, AliasMove>();
        String token = "";
        do {
            ListAliasMovesResponse page = clients.registry()
                    .aliases()
                    .listAliasMoves(ListAliasMovesRequest.newBuilder()
                            .setModel(model)
                            .setAsOf(Timestamp.newBuilder()
                                    .setSeconds(time.getEpochSecond())
                                    .setNanos(time.getNano()))
                            .setPageSize(PAGE)
                            .setPageToken(token)
                            .build());
            page.getMovesList().forEach(move -> last.putIfAbsent(move.getAlias(), move));
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return last.values();
    }

    static void print(Collection<AliasMove> moves, Terminal terminal) {
        if (!moves.stream().map(AliasMove::getAlias).toList().contains(Promotion.ACTIVE)) {
            terminal.line("nothing was promoted by then: the bare base answered");
        }
        var table = new Table("ALIAS", "VERSION", "SINCE", "BY", "WHY");
        moves.forEach(move -> table.row(
                move.getAlias(),
                VersionNames.brief(move.getVersion()),
                Times.local(move.getCreateTime()),
                move.getActor(),
                move.getReason()));
        if (!moves.isEmpty()) {
            table.print(terminal);
        }
    }
}
