/**
 * What a run practises around its facts, so that they are found again in other words and nothing else is lost: a port.
 * The product works from the facts' own world; a jar can bring along another practice for the bases whose profiles name
 * it. Start with {@link io.loremesh.trainer.dataset.practice.Practice}.
 */
package io.loremesh.trainer.dataset.practice;
