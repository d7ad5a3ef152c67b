package io.loremesh.model.answer;

/** The languages that the product speaks. */
public enum Language {
    ZH,
    EN;

    /** Chinese if the text has a Chinese character: a Chinese sentence may hold English names, hardly the reverse. */
    public static Language of(String text) {
        boolean han = text.codePoints().anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
        return han ? ZH : EN;
    }
}
