import { html } from 'lit';
import { of, t } from '../i18n.js';

const MOODS = {
  DECISION_ACCEPTED: 'good',
  DECISION_REJECTED: 'bad',
  DECISION_AWAITING_APPROVAL: 'warn',
  DRIFT_FINDING_STEADY: 'good',
  DRIFT_FINDING_WARNED: 'warn',
  DRIFT_FINDING_ROLLED_BACK: 'bad',
  KNOWLEDGE_STATE_LEARNED: 'good',
  KNOWLEDGE_STATE_STALE: 'warn',
  KNOWLEDGE_STATE_FORGOTTEN: 'bad',
  KNOWLEDGE_STATE_CONTRADICTED: 'bad',
};

/** A value of an enum in words; the colour says nothing that the words do not. */
export function badge(prefix, value) {
  return html`<span class="badge ${MOODS[value] ?? ''}">${of(prefix, value)}</span>`;
}

/** What the gates said of a version. */
export function decision(version) {
  return version.verdict ? badge('DECISION', version.verdict.decision) : html`<span class="badge">${t('unjudged')}</span>`;
}

export function aliases(version) {
  return (version.aliases ?? []).map((alias) => html`<span class="badge alias">${alias}</span> `);
}
