package io.loremesh.registry.audit;

import io.loremesh.proto.registry.v1.AuditAction;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Something that is to be recorded.
 *
 * @param subject resource name
 * @param actor who, as the caller told; may be empty
 * @param reason why; may be empty
 * @param details what else, by action
 * @param trace {@link CallTrace#current()} of the call that caused it
 */
public record Audited(
        AuditAction action, String subject, String actor, String reason, Map<String, String> details, String trace) {
    public Audited {
        if (subject.isEmpty()) {
            throw new IllegalArgumentException("%s is about no resource".formatted(action));
        }
        details = Collections.unmodifiableMap(new TreeMap<>(details));
    }
}
