package io.loremesh.evaluation.world;

/** The languages of the world. */
public enum Language {
    ZH,
    EN
}
