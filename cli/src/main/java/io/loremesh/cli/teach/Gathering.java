package io.loremesh.cli.teach;

import com.fasterxml.jackson.databind.JsonNode;
import io.loremesh.cli.teach.Reading.Note;
import io.loremesh.cli.teach.Reading.Refusal;
import io.loremesh.cli.teach.Reading.Told;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is being read from one file. A part that throws {@link IllegalArgumentException} is refused by its place, whole.
 */
final class Gathering {
    private final List<Told> told = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private final List<Note> notes = new ArrayList<>();
    /** The first place of a key that nothing hears, and how often it came. */
    private final Map<String, Unheard> unheard = new LinkedHashMap<>();

    private record Unheard(String place, int times) {}

    /** What one record of a file gives; its place is known to the caller. */
    final class Part {
        private final String place;
        private final List<Lesson> lessons = new ArrayList<>();
        private final List<String> omissions = new ArrayList<>();
        private final List<String> remarks = new ArrayList<>();
        private final List<String> keys = new ArrayList<>();

        private Part(String place) {
            this.place = place;
        }

        void tell(Lesson lesson) {
            lessons.add(lesson);
        }

        /** Something that should be taught cannot be; the rest is. */
        void leaveOut(String reason) {
            omissions.add(reason);
        }

        /** Something is not taught, as it should be, or in another way than it stands there. */
        void remark(String text) {
            remarks.add(text);
        }

        /** A key that says something, and is not heard; an empty one says nothing. */
        void notHeard(String key, JsonNode value) {
            boolean empty = value == null
                    || value.isNull()
                    || value.isContainerNode() && value.isEmpty()
                    || value.isTextual() && value.textValue().isBlank();
            if (!empty) {
                keys.add(key);
            }
        }
    }

    interface Reader {
        void read(Part part);
    }

    void part(String place, Reader reader) {
        var part = new Part(place);
        try {
            reader.read(part);
        } catch (IllegalArgumentException e) {
            refuse(place, e.getMessage());
            return;
        }
        part.lessons.forEach(lesson -> told.add(new Told(part.place, lesson)));
        part.omissions.forEach(reason -> refuse(part.place, reason));
        part.remarks.forEach(text -> notes.add(new Note(part.place, text)));
        part.keys.forEach(key -> unheard.merge(
                key, new Unheard(part.place, 1), (first, next) -> new Unheard(first.place(), first.times() + 1)));
    }

    void refuse(String place, String reason) {
        refusals.add(new Refusal(place, reason));
    }

    Reading end() {
        unheard.forEach((key, first) -> notes.add(new Note(
                first.place(),
                "`%s` is not heard%s"
                        .formatted(
                                key, first.times() == 1 ? "" : ", here and at %d more".formatted(first.times() - 1)))));
        return new Reading(told, refusals, notes);
    }
}
