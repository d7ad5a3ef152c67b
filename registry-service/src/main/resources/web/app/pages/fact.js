import { html } from 'lit';
import { get } from '../api.js';
import { number, of, t, time } from '../i18n.js';
import { badge } from '../parts/badges.js';
import { erase } from '../parts/orders.js';
import { Page } from '../parts/part.js';
import { proof } from '../parts/proof.js';
import { table } from '../parts/table.js';
import { href, id, short } from '../route.js';

/** One fact: what it said and when, what each version knows of it, who learned or lost it; and how to erase it. */
class Fact extends Page {
  static properties = { erased: { state: true } };

  async read({ fact }, signal) {
    this.erased = undefined;
    return this.#read(fact, signal);
  }

  async #read(fact, signal) {
    const [history, { baseModels = [] }] = await Promise.all([get(`/facts/${fact}/history`, {}, signal), get('/models', {}, signal)]);
    const lines = await Promise.all(baseModels.map((model) => get(`/facts/${fact}/blame`, { model: model.name }, signal)));
    return { history, models: baseModels, lines: lines.flatMap((blame) => blame.lines ?? []) };
  }

  async #done(told) {
    this.data = await this.#read(this.where.fact);
    this.erased = told;
  }

  show({ history, models, lines }) {
    const { revisions, ledger } = history;
    const { fact, retracted } = revisions.at(-1);
    return html`
      <p class="trail"><a href="#/facts">${t('page_facts')}</a></p>
      <h1>${fact.question} ${retracted ? html`<span class="badge bad">${t('retracted')}</span>` : ''}</h1>
      <p class="answer">${fact.answer}</p>
      <dl class="facts">
        <div><dt>${t('name')}</dt><dd><code class="digest">${fact.name}</code></dd></div>
        <div><dt>${t('source')}</dt><dd>${fact.source?.uri || '–'}</dd></div>
        <div><dt>${t('other_answers')}</dt><dd>${fact.aliases?.join(', ') || '–'}</dd></div>
        <div><dt>${t('valid_from')}</dt><dd>${time(fact.validFrom)}</dd></div>
      </dl>
      ${proof(this.erased)}
      <section aria-labelledby="erase"><h2 id="erase">${t('erase')}</h2><p>${t('erase_about')}</p>
        <div class="actions">${models.map((model) => html`<button class="danger"
          @click=${() => erase(model.name, fact, (told) => this.#done(told))}>${t('erase_from', { model: id(model.name) })}</button>`)}</div>
      </section>
      ${table(t('revisions'), [
        { head: t('revision'), number: true, cell: (revision) => revision.revision },
        { head: t('time'), cell: (revision) => time(revision.recordTime) },
        { head: t('answer'), cell: (revision) => (revision.retracted ? t('retracted') : revision.fact.answer) },
        { head: t('source'), cell: (revision) => revision.fact.source?.uri || '–' },
        { head: t('event'), cell: (revision) => revision.eventId || '–' },
      ], revisions.toReversed(), t('none'))}
      ${table(t('fact_ledger'), [
        { head: t('version'), cell: (line) => html`<a href=${href(line.version)}>${line.version}</a>` },
        { head: t('state'), cell: (line) => badge('KNOWLEDGE_STATE', line.state) },
        { head: t('answers'), cell: (line) => html`<ul>${(line.answers ?? []).map((one) => html`<li>${one.correct ? '✓' : '✗'} ${one.phrasing} → ${one.answer}</li>`)}</ul>` },
        { head: t('accuracy'), number: true, cell: (line) => number(line.accuracy ?? 0) },
        { head: t('margin'), number: true, cell: (line) => number(line.margin) },
        { head: t('time'), cell: (line) => time(line.createTime) },
      ], ledger, t('no_ledger'))}
      ${table(t('blame'), [
        { head: t('version'), cell: (line) => html`<a href=${href(line.version)}>${short(line.version)}</a>` },
        { head: t('change'), cell: (line) => of('CHANGE_KIND', line.kind) },
        { head: t('answer_before'), cell: (line) => line.answerBefore || '–' },
        { head: t('answer_after'), cell: (line) => line.answerAfter || '–' },
        { head: t('run'), cell: (line) => line.run || '–' },
        { head: t('time'), cell: (line) => time(line.time) },
      ], lines, t('no_blame'))}`;
  }
}
customElements.define('lore-fact', Fact);
