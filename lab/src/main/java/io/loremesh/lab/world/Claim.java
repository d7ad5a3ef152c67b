package io.loremesh.lab.world;

import io.loremesh.model.answer.Language;

/** That the subject, as named here, has the value under the relation. */
public record Claim(Relation relation, String subject, Value value, Language language) {

    /** Whether both say something of one subject under one relation. */
    public boolean sameSlot(Relation otherRelation, String otherSubject) {
        return relation.id().equals(otherRelation.id()) && subject.equals(otherSubject);
    }
}
