package io.loremesh.registry.drift;

import io.loremesh.registry.version.AliasMoveEntity;
import io.loremesh.registry.version.VersionName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What `active` stands on. A move to a version that it stood on before undoes all that came after it, whoever asked and
 * by whichever call; so what was once left as bad is never returned to, and two versions cannot be swapped for ever. At
 * the bottom is the bare base: the last resort, from which there is no way back.
 *
 * @param standing the version that answers, with the move that promoted it (not one that returned to it)
 * @param earlier what it would go back to, the next first, the bare base last; empty for the bare base itself
 */
record WayBack(Stay standing, List<VersionName> earlier) {
    /** @param promotion sequence of the move that first led here; 0 for the bare base before any */
    record Stay(VersionName version, long promotion) {}

    WayBack {
        earlier = List.copyOf(earlier);
    }

    /** @param moves all of `active` of one model, oldest first */
    static WayBack of(String model, List<AliasMoveEntity> moves) {
        Deque<Stay> stays = new ArrayDeque<>();
        stays.push(new Stay(VersionName.bare(model), 0));
        for (AliasMoveEntity move : moves) {
            boolean returns = stays.stream().anyMatch(stay -> stay.version().equals(move.target()));
            while (returns && !stays.element().version().equals(move.target())) {
                stays.pop();
            }
            if (!returns) {
                stays.push(new Stay(move.target(), move.sequence));
            }
        }
        var below = new ArrayList<>(stays);
        return new WayBack(
                below.removeFirst(), below.stream().map(Stay::version).toList());
    }
}
