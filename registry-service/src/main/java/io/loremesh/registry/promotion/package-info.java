/**
 * The step that puts a version to work: aliases move, under rules, and every move is remembered and told. Read
 * {@link io.loremesh.registry.promotion.PromotionFlow} first.
 */
package io.loremesh.registry.promotion;
