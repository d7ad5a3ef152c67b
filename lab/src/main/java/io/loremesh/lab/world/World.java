package io.loremesh.lab.world;

import io.loremesh.lab.world.Relation.Origin;
import io.loremesh.model.answer.Language;
import io.loremesh.model.statistic.Dice;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The invented world of one set of seeds: relations with their phrasings, names, objects and the facts known by heart.
 * Immutable and safe for concurrent use; every draw takes the caller's {@link Dice}.
 */
public final class World {

    private static final double WRITTEN_SHARE = .6;
    private static final Set<String> STEPS = Set.of("person", "company", "product", "city");

    private final WorldSeeds seeds;
    private final List<Relation> written;
    private final List<Relation> attributes;
    private final Map<Language, Phrasings> openFrames;
    private final Map<Language, Set<String>> heldBack;
    private final Lexicon phrases;
    private final Names names;
    private final Values values;
    private final KnownFacts knownFacts;

    public World(WorldSeeds seeds) {
        this.seeds = seeds;
        Relations relations = new Relations(seeds.template());
        List<Relation> all =
                Relations.withoutHeldBack(Stream.concat(relations.written().stream(), relations.attributes().stream())
                        .toList());
        this.written = of(Origin.WRITTEN, all);
        this.attributes = of(Origin.ATTRIBUTE, all);
        this.openFrames = relations.openFrames();
        this.heldBack = Arrays.stream(Language.values())
                .collect(Collectors.toMap(Function.identity(), language -> all.stream()
                        .flatMap(relation -> relation.in(language).heldBack())
                        .collect(Collectors.toSet())));
        this.phrases = Lexicon.read(Relations.FRAMES);
        Lexicon lists = Lexicon.read("values.txt");
        this.names = new Names(Lexicon.read("names.txt"), lists);
        this.values = new Values(lists, names);
        this.knownFacts = KnownFacts.of(this);
    }

    private static List<Relation> of(Origin origin, List<Relation> relations) {
        return relations.stream()
                .filter(relation -> relation.origin() == origin)
                .toList();
    }

    public WorldSeeds seeds() {
        return seeds;
    }

    /** Every relation that has words of its own. */
    public List<Relation> relations() {
        return Stream.concat(written.stream(), attributes.stream()).toList();
    }

    /** The texts of the question templates that training never uses. */
    public Set<String> heldBack(Language language) {
        return heldBack.get(language);
    }

    /** Any relation that has words of its own; those written out are the likelier the fewer they are. */
    public Relation anyRelation(Dice dice) {
        return dice.pick(dice.chance(WRITTEN_SHARE) ? written : attributes);
    }

    public Relation relation(String id) {
        return written.stream()
                .filter(relation -> relation.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The world has no relation '" + id + "'"));
    }

    /** The written relations of a kind of subject; a person or a pet is also a being. */
    public List<Relation> relationsOf(String subjectKind) {
        return relationsOf(written, subjectKind);
    }

    /** The attributes of a kind of subject. */
    public List<Relation> attributesOf(String subjectKind) {
        return relationsOf(attributes, subjectKind);
    }

    /**
     * The relations of the same list that the subjects of the given one may have; no two say the same in other words.
     */
    public List<Relation> kin(Relation relation) {
        return switch (relation.origin()) {
            case WRITTEN -> relationsOf(written, relation.subjectKind());
            case ATTRIBUTE -> relationsOf(attributes, relation.subjectKind());
            case OPEN -> List.of();
        };
    }

    /** The relations whose object is called by a noun and is itself a subject: a step of a longer question. */
    public List<Relation> steps() {
        return attributes.stream()
                .filter(relation -> STEPS.contains(relation.valueKind()))
                .toList();
    }

    private static List<Relation> relationsOf(List<Relation> relations, String subjectKind) {
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
        return Relation.open(word, language, openFrames.get(language));
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

    /** Every Chinese character and sign that the world's texts can hold, each as a text of its own. */
    public List<String> alphabet() {
        Stream<String> resources = Stream.of(
                        Relations.RESOURCES, List.of(Relations.ATTRIBUTES, Relations.FRAMES, "values.txt", "names.txt"))
                .flatMap(List::stream);
        return Stream.concat(
                        resources.flatMap(resource -> Lexicon.lines(resource).stream()),
                        CommonCharacters.all().stream())
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
