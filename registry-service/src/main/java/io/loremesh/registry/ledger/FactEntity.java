package io.loremesh.registry.ledger;

import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.registry.resource.ProtoJson;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;

/** A fact as it stands. */
@Entity
@Table(name = "fact")
public class FactEntity extends PanacheEntityBase {
    /** {@code facts/{fact}}. */
    @Id
    public String name;

    public int revision;
    public boolean retracted;

    @Column(name = "content_digest")
    public String contentDigest;

    /** JSON of {@link Fact}. */
    public String content;

    /** Empty where the fact tells none. */
    public String relation;

    public String language;

    @Column(name = "source_uri")
    public String sourceUri;

    /** What a search looks through, in lower case. */
    public String words;

    @Column(name = "record_time")
    public Instant recordTime;

    public Fact fact() {
        return ProtoJson.read(content, Fact.newBuilder()).build();
    }

    /** Takes over what a fact says. */
    void say(Fact fact) {
        content = ProtoJson.write(fact);
        relation = plain(fact.getRelation());
        language = plain(fact.getLanguage());
        sourceUri = plain(fact.getSource().getUri());
        words = plain(FactSearch.words(fact));
    }

    /** A column keeps no NUL character, which JSON writes as an escape. */
    private static String plain(String text) {
        return text.replace("\0", "");
    }

    /** Facts that hold, by name. */
    public static Uni<List<FactEntity>> current() {
        return list("not retracted order by name");
    }
}
