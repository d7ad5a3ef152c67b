import { html } from 'lit';
import { number, t, time } from '../i18n.js';
import { badge } from './badges.js';
import { table } from './table.js';

const BOUND = { COMPARISON_AT_LEAST: '≥', COMPARISON_AT_MOST: '≤' };

/** What every gate measured, how sure that is, and what it asks for. */
export function verdict(judged) {
  if (!judged) {
    return html`<p class="empty">${t('unjudged_text')}</p>`;
  }
  const { reasons = [], gates, policy, createTime, approval } = judged;
  return html`
    <p>${badge('DECISION', judged.decision)} ${t('by_policy', { policy, time: time(createTime) })}</p>
    ${approval ? html`<p>${t('approved_by', { actor: approval.actor, reason: approval.reason, time: time(approval.createTime) })}</p>` : ''}
    ${reasons.length ? html`<ul>${reasons.map((reason) => html`<li>${reason}</li>`)}</ul>` : ''}
    ${table(t('gates'), [
      { head: t('gate'), cell: (gate) => gate.gate },
      { head: t('passed'), cell: (gate) => html`<span class="badge ${gate.passed ? 'good' : 'bad'}">${gate.passed ? t('yes') : t('no')}</span>` },
      { head: t('value'), number: true, cell: (gate) => number(gate.value) },
      { head: t('interval'), number: true, cell: (gate) => gate.low === undefined ? '–' : `${number(gate.low)} … ${number(gate.high)}` },
      { head: 'n', number: true, cell: (gate) => number(gate.n ?? 0) },
      { head: t('threshold'), number: true, cell: (gate) => `${BOUND[gate.comparison] ?? ''} ${number(gate.threshold ?? 0)}` },
      { head: t('detail'), cell: (gate) => gate.detail ?? '' },
    ], gates, t('no_gates'))}`;
}
