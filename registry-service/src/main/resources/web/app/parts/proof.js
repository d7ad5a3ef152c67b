import { html } from 'lit';
import { t, time } from '../i18n.js';
import { table } from './table.js';

/** What an erasure found: whether the fact is gone, and every question that was asked to know it. */
export function proof(told) {
  if (!told) {
    return '';
  }
  return html`
    <section aria-labelledby="proof"><h2 id="proof">${t('proof')}
        <span class="badge ${told.gone ? 'good' : 'bad'}">${told.gone ? t('gone') : t('not_gone')}</span></h2>
      <p>${told.finding || t('gone_text', { served: told.served || told.model })}</p>
      <p>${t('audit_entry', { entry: told.auditEntry?.sequence ?? '–', time: time(told.createTime) })}</p>
      ${table(t('probes'), [
        { head: t('question'), cell: (probe) => probe.question },
        { head: t('answer'), cell: (probe) => probe.answer || '–' },
        { head: t('path'), cell: (probe) => probe.path },
        { head: t('tells'), cell: (probe) => (probe.tells ? t('yes') : t('no')) },
      ], told.probes, t('none'))}
    </section>`;
}
