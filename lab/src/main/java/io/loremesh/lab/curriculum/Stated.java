package io.loremesh.lab.curriculum;

import io.loremesh.lab.world.Claim;
import java.util.List;

/**
 * A claim as a context states it.
 *
 * @param passages the sentences or question-and-answer passages that state it
 * @param asked the question of its question-and-answer passage; empty where it has none
 * @param answer the value as its passages have it
 * @param askAs the names under which its subject may be asked for
 */
record Stated(Claim claim, List<String> passages, String asked, String answer, List<String> askAs) {}
