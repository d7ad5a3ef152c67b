import { html } from 'lit';
import { get } from '../api.js';
import { number, of, t, time } from '../i18n.js';
import { badge } from './badges.js';
import { heatMap } from './heatmap.js';
import { Page } from './part.js';
import { table } from './table.js';
import { href, short } from '../route.js';

const KINDS = ['gained', 'lost', 'altered', 'stale'];
const FIRST = 25;
const MORE = 100;

/** The knowledge that changed from one version to another: counts, which facts and how they are answered, and where in the weights. */
class Diff extends Page {
  static properties = { base: {}, candidate: {} };

  willUpdate(changed) {
    if (changed.has('base') || changed.has('candidate')) {
      this.data = undefined;
      this.reload();
    }
  }

  read(where, signal) {
    return get('/diff', { base: this.base, candidate: this.candidate, page_size: FIRST }, signal);
  }

  async #more(kind) {
    const shown = this.data[kind] ?? [];
    // The first page again, larger: a list that changed meanwhile is not put together from two states.
    const { changes = [] } = await get('/diff/changes', {
      base: this.base, candidate: this.candidate, kind: `CHANGE_KIND_${kind.toUpperCase()}`, page_size: Math.min(1000, shown.length + MORE),
    });
    this.data = { ...this.data, [kind]: changes };
  }

  show(diff) {
    return html`
      <section aria-labelledby="ledger"><h2 id="ledger">${t('ledger')}</h2>${states(diff.transitions ?? [])}</section>
      <section aria-labelledby="diff"><h2 id="diff">${t('diff', { base: short(this.base), candidate: short(this.candidate) })}</h2>
        ${significance(diff.significance)}
        ${KINDS.map((kind) => this.#list(kind, diff))}
        <p>${t('unchanged', { count: number(diff.unchangedCount ?? 0) })}</p>
        ${transitions(diff.transitions ?? [])}
        ${groups(diff.deltas ?? [])}
      </section>
      <section aria-labelledby="weights"><h2 id="weights">${t('weights')}</h2>
        ${diff.moduleNormsProblem ? html`<p class="empty">${diff.moduleNormsProblem}</p>` : heatMap(diff.moduleNorms ?? [])}</section>`;
  }

  #list(kind, diff) {
    const shown = diff[kind] ?? [];
    const total = diff[`${kind}Total`] ?? 0;
    return html`
      <details class="changes" ?open=${total > 0}>
        <summary><span class="count ${kind}">${number(total)}</span> ${t(kind)}</summary>
        ${table(t(kind), [
          { head: t('fact'), cell: (change) => html`<a href=${href(change.fact.name)}>${change.fact.question}</a>` },
          { head: t('states'), cell: (change) => html`${of('KNOWLEDGE_STATE', change.before)} → ${of('KNOWLEDGE_STATE', change.after)}` },
          { head: t('answer_before'), cell: (change) => change.answerBefore || '–' },
          { head: t('answer_after'), cell: (change) => change.answerAfter || '–' },
          { head: t('truth'), cell: (change) => change.fact.answer },
          { head: t('source'), cell: (change) => change.fact.source?.uri || '–' },
          { head: t('changed_by'), cell: (change) => html`${short(change.changedBy)} ${change.run ?? ''} ${change.changeTime ? time(change.changeTime) : ''}` },
        ], shown, t('none'))}
        ${shown.length < Math.min(total, 1000) ? html`<button @click=${() => this.#more(kind)}>${t('more', { count: number(total - shown.length) })}</button>` : ''}
      </details>`;
  }
}
customElements.define('lore-diff', Diff);

/** How many facts the candidate holds in which state: the right side of every transition. */
function states(steps) {
  const counts = new Map();
  steps.forEach(({ after, count = 0 }) => counts.set(after, (counts.get(after) ?? 0) + count));
  return table(t('ledger'), [
    { head: t('state'), cell: ([state]) => badge('KNOWLEDGE_STATE', state) },
    { head: t('fact_count'), number: true, cell: ([, count]) => number(count) },
  ], [...counts], t('no_ledger'));
}

function significance(test) {
  if (!test) {
    return html`<p>${t('no_significance')}</p>`;
  }
  const share = ({ value = 0, low = 0, high = 0 } = {}) => `${number(value)} (${number(low)} … ${number(high)})`;
  return html`<p>${t('significance', {
    n: number(test.n), base: share(test.base), candidate: share(test.candidate), p: number(test.pValue ?? 0),
  })}</p>`;
}

function transitions(steps) {
  return html`<details><summary>${t('transitions')}</summary>${table(t('transitions'), [
    { head: t('before'), cell: (step) => of('KNOWLEDGE_STATE', step.before) },
    { head: t('after'), cell: (step) => of('KNOWLEDGE_STATE', step.after) },
    { head: t('fact_count'), number: true, cell: (step) => number(step.count) },
  ], steps, t('none'))}</details>`;
}

function groups(deltas) {
  return html`<details><summary>${t('groups')}</summary>${table(t('groups'), [
    { head: t('group'), cell: (delta) => delta.group || '–' },
    { head: t('language'), cell: (delta) => delta.language || '–' },
    { head: 'n', number: true, cell: (delta) => number(delta.n) },
    { head: t('accuracy'), number: true, cell: (delta) => `${number(delta.accuracyBefore ?? 0)} → ${number(delta.accuracyAfter ?? 0)}` },
    { head: 'p', number: true, cell: (delta) => number(delta.pValue ?? 0) },
  ], deltas, t('none'))}</details>`;
}
