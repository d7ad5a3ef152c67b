import { html } from 'lit';
import { get } from '../api.js';
import { number, t, time } from '../i18n.js';
import { aliases, badge, decision } from '../parts/badges.js';
import { approve, promote, rollBack } from '../parts/orders.js';
import { Page } from '../parts/part.js';
import { table } from '../parts/table.js';
import { verdict } from '../parts/verdict.js';
import { href, short } from '../route.js';
import '../parts/curves.js';
import '../parts/diff.js';

/** One version: what the gates said, how it was taught, what it knows that its parent did not, and what became of it. */
class Version extends Page {
  async read({ model, version }, signal) {
    const [lineage, { moves = [] }] = await Promise.all([
      get(`/models/${model}/versions/${version}/lineage`, {}, signal),
      get(`/models/${model}/moves`, { alias: 'active', page_size: 1 }, signal),
    ]);
    const steps = lineage.version.run ? await get(`/${lineage.version.run}/progress`, {}, signal) : [];
    return { lineage, last: moves[0], steps };
  }

  show({ lineage, last, steps }) {
    const { version, base, moves, auditEntries } = lineage;
    const parent = version.parent || base.name;
    return html`
      <p class="trail"><a href=${href(base.name)}>${base.name}</a></p>
      <h1>${t('version')} ${short(version.name)} ${aliases(version)} ${decision(version)}</h1>
      ${this.#actions(version, base.name, last)}
      <dl class="facts">
        <div><dt>${t('parent')}</dt><dd><a href=${href(parent)}>${version.parent ? short(parent) : t('bare_base')}</a></dd></div>
        <div><dt>${t('run')}</dt><dd>${version.run || t('from_outside')}</dd></div>
        <div><dt>${t('facts_taught')}</dt><dd>${number(version.facts?.length ?? 0)}</dd></div>
        <div><dt>${t('created')}</dt><dd>${time(version.createTime)}</dd></div>
        <div><dt>${t('artifact')}</dt><dd><code class="digest">${version.artifact?.digest}</code></dd></div>
        ${Object.entries(version.training ?? {}).sort().map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
      </dl>
      <section aria-labelledby="verdict"><h2 id="verdict">${t('verdict')}</h2>${verdict(version.verdict)}</section>
      <section aria-labelledby="curves"><h2 id="curves">${t('curves')}</h2>
        ${steps.length ? html`<lore-curves .steps=${steps}></lore-curves>` : html`<p class="empty">${t('no_curves')}</p>`}</section>
      <lore-diff .base=${parent} .candidate=${version.name}></lore-diff>
      <section aria-labelledby="history"><h2 id="history">${t('history')}</h2>
        ${table(t('moves'), [
          { head: t('time'), cell: (move) => time(move.createTime) },
          { head: t('alias'), cell: (move) => move.alias },
          { head: t('from'), cell: (move) => move.previousVersion ? short(move.previousVersion) : '–' },
          { head: t('to'), cell: (move) => short(move.version || move.model) },
          { head: t('actor'), cell: (move) => move.actor || '–' },
          { head: t('reason'), cell: (move) => move.reason || '–' },
        ], moves?.toReversed(), t('no_moves'))}
        ${table(t('audit'), [
          { head: t('entry'), number: true, cell: (entry) => entry.sequence },
          { head: t('time'), cell: (entry) => time(entry.createTime) },
          { head: t('action'), cell: (entry) => badge('AUDIT_ACTION', entry.action) },
          { head: t('actor'), cell: (entry) => entry.actor || '–' },
          { head: t('reason'), cell: (entry) => entry.reason || '–' },
        ], auditEntries?.toReversed(), t('no_audit'))}
      </section>`;
  }

  #actions(version, model, last) {
    const done = () => this.reload();
    const active = version.aliases?.includes('active');
    const awaits = version.verdict?.decision === 'DECISION_AWAITING_APPROVAL';
    return html`<div class="actions">
      ${active
        ? html`<button class="danger" @click=${() => rollBack(model, version.name, last?.previousVersion, done)}>${t('rollback')}</button>`
        : html`<button class="primary" @click=${() => promote(model, version.name, done)}>${t('promote')}</button>`}
      ${awaits ? html`<button @click=${() => approve(version.name, done)}>${t('approve')}</button>` : ''}
    </div>`;
  }
}
customElements.define('lore-version', Version);
