import { html } from 'lit';
import { get } from '../api.js';
import { t, time } from '../i18n.js';
import { announce, Page } from '../parts/part.js';
import { table } from '../parts/table.js';
import { href } from '../route.js';

const SIZE = 50;

/** The facts as they stand, found by their words. */
class Facts extends Page {
  async read({ parameters }, signal) {
    const { facts = [], nextPageToken } = await get('/facts', { words: parameters.words, page_size: SIZE }, signal);
    return { facts, next: nextPageToken };
  }

  async #more() {
    const { facts = [], nextPageToken } = await get('/facts', {
      words: this.where.parameters.words, page_size: SIZE, page_token: this.data.next,
    });
    this.data = { facts: [...this.data.facts, ...facts], next: nextPageToken };
    announce(t('facts_shown', { count: this.data.facts.length }));
  }

  #search(event) {
    event.preventDefault();
    const words = new FormData(event.target).get('words').trim();
    location.hash = words ? `#/facts?${new URLSearchParams({ words })}` : '#/facts';
  }

  show({ facts, next }) {
    return html`
      <h1>${t('page_facts')}</h1>
      <form role="search" @submit=${this.#search}>
        <label>${t('search_label')}<input type="search" name="words" maxlength="200" .value=${this.where.parameters.words ?? ''}></label>
        <button class="primary">${t('search')}</button>
      </form>
      ${table(t('page_facts'), [
        { head: t('question'), cell: (fact) => html`<a href=${href(fact.name)}>${fact.question}</a>` },
        { head: t('answer'), cell: (fact) => fact.answer },
        { head: t('relation'), cell: (fact) => [fact.subject, fact.relation].filter(Boolean).join(' · ') || '–' },
        { head: t('source'), cell: (fact) => fact.source?.uri || '–' },
        { head: t('valid_from'), cell: (fact) => time(fact.validFrom) },
      ], facts, t('no_facts'))}
      ${next ? html`<button @click=${this.#more}>${t('next_facts')}</button>` : ''}`;
  }
}
customElements.define('lore-facts', Facts);
