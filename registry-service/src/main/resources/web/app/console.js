import { html } from 'lit';
import { language, speak, t } from './i18n.js';
import { Part } from './parts/part.js';
import { route } from './route.js';
import './parts/confirm.js';
import './pages/models.js';
import './pages/version.js';
import './pages/facts.js';
import './pages/fact.js';
import './pages/drift.js';
import './pages/live.js';

const PAGES = ['models', 'facts', 'drift', 'live'];
const SECTIONS = { version: 'models', fact: 'facts' };

/** The frame of every page: where one can go, the language, and the voice that tells what happened. */
class Console extends Part {
  static properties = { where: { state: true }, said: { state: true } };

  constructor() {
    super();
    this.where = route();
    this.said = '';
    window.addEventListener('hashchange', () => this.#go());
    window.addEventListener('announce', (event) => { this.said = event.detail; });
  }

  async #go() {
    this.where = route();
    await this.updateComplete;
    window.scrollTo(0, 0);
    // A new page begins where it begins, for a keyboard and a screen reader, too.
    this.querySelector('main').focus({ preventScroll: true });
  }

  #page() {
    const where = this.where;
    switch (where.page) {
      case 'version': return html`<lore-version .where=${where}></lore-version>`;
      case 'facts': return html`<lore-facts .where=${where}></lore-facts>`;
      case 'fact': return html`<lore-fact .where=${where}></lore-fact>`;
      case 'drift': return html`<lore-drift .where=${where}></lore-drift>`;
      case 'live': return html`<lore-live .where=${where}></lore-live>`;
      default: return html`<lore-models .where=${where}></lore-models>`;
    }
  }

  render() {
    const section = SECTIONS[this.where.page] ?? this.where.page;
    document.title = `${t(`page_${this.where.page}`)} · Loremesh`;
    return html`
      <a class="skip" href="#main" @click=${(event) => { event.preventDefault(); this.querySelector('main').focus(); }}>${t('skip')}</a>
      <header>
        <p class="name"><a href="#/models">Loremesh</a></p>
        <nav aria-label=${t('pages')}>
          ${PAGES.map((page) => html`<a href="#/${page}" aria-current=${page === section ? 'page' : 'false'}>${t(`page_${page}`)}</a>`)}
        </nav>
        <label class="language">${t('language')}
          <select @change=${(event) => speak(event.target.value)}>
            <option value="en" lang="en" ?selected=${language() === 'en'}>English</option>
            <option value="zh" lang="zh" ?selected=${language() === 'zh'}>中文</option>
          </select>
        </label>
      </header>
      <main id="main" tabindex="-1">${this.#page()}</main>
      <p class="voice" role="status" aria-live="polite">${this.said}</p>
      <lore-confirm></lore-confirm>`;
  }
}
customElements.define('lore-console', Console);
