package io.loremesh.lab.world;

import io.loremesh.model.answer.Language;
import io.loremesh.model.statistic.Dice;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A household: people and pets, each with a role, mostly a name, and what is true of them. */
public record Family(Language language, String owner, List<Member> members) {

    /**
     * @param roles what the member is called by role, synonyms after the first
     * @param name empty for those who have none, such as the family itself
     * @param facts its name among them
     */
    public record Member(List<String> roles, String name, Map<Relation, Value> facts) {

        public String role() {
            return roles.getFirst();
        }

        public boolean named() {
            return !name.isEmpty();
        }
    }

    private static final List<String> PERSON = List.of(
            "age", "food", "play", "watch", "color", "job", "drink", "birthday", "book", "home", "school", "employer");
    private static final List<String> PET = List.of("fur", "sleep", "toy", "food", "kind", "age", "color");

    /** A family of whom something is true. */
    public static Family draw(World world, Language language, Dice dice) {
        Family family = anyone(world, language, dice);
        while (family.members().stream().allMatch(member -> member.facts().isEmpty())) {
            family = anyone(world, language, dice);
        }
        return family;
    }

    private static Family anyone(World world, Language language, Dice dice) {
        String owner = dice.chance(.4)
                ? ""
                : dice.chance(.85) ? dice.pick(world.phrases(language, "owner")) : somebody(world, language, dice);
        if (language == Language.EN && owner.isEmpty()) {
            owner = "the";
        }
        List<Member> members = new ArrayList<>();
        Set<List<String>> taken = new HashSet<>();
        int people = dice.between(1, 4);
        int pets = dice.chance(.65) ? dice.chance(.15) ? 2 : 1 : 0;
        for (int i = 0; i < people + pets; i++) {
            String list = i < people ? "role" : "pet-role";
            List<String> role = dice.pick(world.roles(language, list));
            if (taken.add(role)) {
                members.add(member(world, role, owner, list, language, dice));
            }
        }
        if (dice.chance(.4)) {
            members.add(household(world, language, dice));
        }
        return new Family(language, owner, List.copyOf(members));
    }

    private static String somebody(World world, Language language, Dice dice) {
        String name = world.names().draw("person", language, dice);
        return language == Language.EN ? name + "'s" : name + "的";
    }

    private static Member member(
            World world, List<String> role, String owner, String list, Language language, Dice dice) {
        boolean pet = list.equals("pet-role");
        String name = world.names().draw(pet ? "pet" : "person", language, dice);
        Map<Relation, Value> facts = new LinkedHashMap<>();
        if (dice.chance(.8)) {
            facts.put(world.relation("name"), new Value(name, "", false));
        } else {
            name = "";
        }
        for (String id : pet ? PET : PERSON) {
            if (dice.chance(pet ? .6 : .45)) {
                Relation relation = world.relation(id);
                facts.put(relation, world.values().draw(relation.valueKind(), language, dice));
            }
        }
        String first = dice.pick(role);
        List<String> roles = new ArrayList<>(List.of(world.owned(owner, first, language)));
        role.stream()
                .filter(synonym -> !synonym.equals(first))
                .forEach(synonym -> roles.add(world.owned(owner, synonym, language)));
        return new Member(List.copyOf(roles), name, facts);
    }

    private static Member household(World world, Language language, Dice dice) {
        List<String> names = language == Language.ZH
                ? List.of("我们家", "一家人", "全家", "他们家", "这家人", "我家")
                : List.of("the family", "our family", "my family", "the whole family");
        Relation home = world.relation("home");
        return new Member(
                List.of(dice.pick(names)), "", Map.of(home, world.values().draw("city", language, dice)));
    }
}
