/**
 * What a fine-tune leaves behind: a low-rank change of a base model, in the layout of PEFT. Start at
 * {@link io.loremesh.model.adapter.Adapter}.
 */
package io.loremesh.model.adapter;
