/**
 * The step that can be asked who did what, when and why, and whether that was tampered with. Read
 * {@link io.loremesh.registry.audit.AuditLog} first.
 */
package io.loremesh.registry.audit;
