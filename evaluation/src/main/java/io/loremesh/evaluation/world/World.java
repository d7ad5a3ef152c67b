package io.loremesh.evaluation.world;

import io.loremesh.model.prompt.Language;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The invented world of one set of seeds: relations with their phrasings, names, objects and the facts known by heart. Immutable and safe for
 * concurrent use; every draw takes the caller's {@link Dice}.
 */
public final class World {

    private final WorldSeeds seeds;
    private final List<Relation> relations;
    private final Map<Language, Phrasings> frames;
    private final Lexicon phrases;
    private final Names names;
    private final Values values;
    private final KnownFacts knownFacts;

    public World(WorldSeeds seeds) {
        this.seeds = seeds;
        this.relations = Relations.read(seeds.template());
        this.frames = Relations.frames(seeds.template());
        this.phrases = Lexicon.read("frames.txt");
        Lexicon lists = Lexicon.read("values.txt");
        this.names = new Names(Lexicon.read("names.txt"), lists);
        this.values = new Values(lists, names);
        this.knownFacts = KnownFacts.of(this);
    }

    public WorldSeeds seeds() {
        return seeds;
    }

    /** Every relation that has words of its own. */
    public List<Relation> relations() {
        return relations;
    }

    public Relation relation(String id) {
        return relations.stream()
                .filter(relation -> relation.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("relations.txt has no relation '" + id + "'"));
    }

    /** The relations of a kind of subject; a person or a pet is also a being. */
    public List<Relation> relationsOf(String subjectKind) {
        return relations.stream()
                .filter(relation -> relation.subjectKind().equals(subjectKind)
                        || relation.subjectKind().equals("being")
                                && (subjectKind.equals("person") || subjectKind.equals("pet")))
                .toList();
    }

    /** A relation that nobody has met: its word is free, its frames are those of every open relation. */
    public Relation openRelation(Language language, Dice dice) {
        return openRelation(names.words(language, dice.chance(.8) ? 1 : 2, dice), language);
    }

    Relation openRelation(String word, Language language) {
        return new Relation("open " + word, "open", "free", word, Map.of(language, frames.get(language)));
    }

    /** An open relation whose word shares a part with that of the given one where it can. */
    public Relation similarRelation(Relation open, Language language, Dice dice) {
        return openRelation(names.similar(open.word(), dice), language);
    }

    /** A fresh subject for a relation; that of an open relation may be of any kind. */
    public String subject(Relation relation, Language language, Dice dice) {
        String kind = relation.open()
                ? dice.pick(List.of(
                        "person", "person", "pet", "company", "product", "city", "rule", "project", "system", "words"))
                : relation.subjectKind();
        return kind.equals("role") ? role(language, dice) : names.draw(kind, language, dice);
    }

    public Claim claim(Relation relation, String subject, Language language, Dice dice) {
        return new Claim(relation, subject, values.draw(relation.valueKind(), language, dice), language);
    }

    /** Somebody named by a role: "哥哥", "my uncle". */
    public String role(Language language, Dice dice) {
        String list = dice.chance(.75) ? "role" : "pet-role";
        return owned(dice.pick(phrases(language, "owner")), dice.pick(dice.pick(roles(language, list))), language);
    }

    /** Roles with their synonyms ("爸爸", "父亲"); {@code list} is {@code role} or {@code pet-role}. */
    public List<List<String>> roles(Language language, String list) {
        return phrases(language, list).stream()
                .map(group -> List.of(group.split("/")))
                .toList();
    }

    /** Whether both end in the same role or in synonyms of it, whoever's uncle it is. */
    public boolean sameRole(String one, String other, Language language) {
        return Stream.of("role", "pet-role")
                .flatMap(list -> roles(language, list).stream())
                .anyMatch(group ->
                        group.stream().anyMatch(one::endsWith) && group.stream().anyMatch(other::endsWith));
    }

    public String owned(String owner, String role, Language language) {
        return owner.isEmpty() ? role : language == Language.EN ? owner + " " + role : owner + role;
    }

    /** Wrappings and lists: {@code ask}, {@code say}, {@code faq}, {@code owner}, {@code role}, {@code pet-role}. */
    public List<String> phrases(Language language, String kind) {
        return phrases.has(language, kind) ? phrases.words(language, kind) : values.roles(language, kind);
    }

    /** Every Chinese character and sign that the world's texts can hold, and the commonest others, each as a text of its own. */
    public List<String> alphabet() {
        return Stream.of("relations.txt", "frames.txt", "values.txt", "names.txt")
                .flatMap(resource -> Lexicon.lines(resource).stream())
                .flatMapToInt(String::codePoints)
                .filter(c -> c > 0x7F)
                .distinct()
                .sorted()
                .mapToObj(Character::toString)
                .toList();
    }

    public Names names() {
        return names;
    }

    public Values values() {
        return values;
    }

    public KnownFacts knownFacts() {
        return knownFacts;
    }
}
