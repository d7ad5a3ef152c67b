package io.loremesh.cli.version;

import io.loremesh.cli.connect.MeshClients;
import io.loremesh.proto.registry.v1.AliasMove;
import io.loremesh.proto.registry.v1.ListAliasMovesRequest;
import io.loremesh.proto.registry.v1.SetAliasRequest;
import io.loremesh.proto.registry.v1.Version;
import java.util.Optional;

/** Makes a version the one that answers. */
public final class Promotion {
    /** The alias that unaddressed questions go to. */
    public static final String ACTIVE = "active";

    private Promotion() {}

    /** @param force against the verdict */
    public static AliasMove promote(MeshClients clients, Version version, String reason, boolean force) {
        String name = version.getName();
        return move(clients, name.substring(0, name.lastIndexOf("/versions/")), ACTIVE, name, reason, force);
    }

    static AliasMove move(
            MeshClients clients, String model, String alias, String version, String reason, boolean force) {
        return clients.registry()
                .aliases()
                .setAlias(SetAliasRequest.newBuilder()
                        .setModel(model)
                        .setAlias(alias)
                        .setVersion(version.equals(model) ? "" : version)
                        .setActor(actor())
                        .setReason(reason)
                        .setForce(force)
                        .build());
    }

    /** The last move of an alias; empty where it never moved. */
    static Optional<AliasMove> lastMove(MeshClients clients, String model, String alias) {
        return clients
                .registry()
                .aliases()
                .listAliasMoves(ListAliasMovesRequest.newBuilder()
                        .setModel(model)
                        .setAlias(alias)
                        .setPageSize(1)
                        .build())
                .getMovesList()
                .stream()
                .findFirst();
    }

    /** Who is recorded as having asked for something. */
    public static String actor() {
        return System.getProperty("user.name", "mesh");
    }
}
