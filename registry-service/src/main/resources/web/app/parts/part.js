import { LitElement, html } from 'lit';
import { languages, t } from '../i18n.js';

/** A piece of a page: in the page's own tree, so that one style sheet, labels and headings hold for all; says itself anew in another language. */
export class Part extends LitElement {
  #again = () => this.requestUpdate();

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    languages.addEventListener('change', this.#again);
  }

  disconnectedCallback() {
    languages.removeEventListener('change', this.#again);
    super.disconnectedCallback();
  }
}

/** A page: reads what it is about, shows that it reads, and what went wrong. */
export class Page extends Part {
  static properties = { where: { attribute: false }, data: { state: true }, problem: { state: true } };

  #reading;

  willUpdate(changed) {
    if (changed.has('where')) {
      this.reload();
    }
  }

  disconnectedCallback() {
    this.#reading?.abort();
    super.disconnectedCallback();
  }

  async reload() {
    this.#reading?.abort();
    const reading = new AbortController();
    this.#reading = reading;
    try {
      const data = await this.read(this.where, reading.signal);
      if (!reading.signal.aborted) {
        this.data = data;
        this.problem = undefined;
      }
    } catch (failure) {
      if (!reading.signal.aborted) {
        this.problem = failure.message;
      }
    }
  }

  render() {
    return html`
      ${this.problem ? html`<p class="problem" role="alert">${t('problem')} ${this.problem}</p>` : ''}
      ${this.data ? this.show(this.data) : this.problem ? '' : html`<p role="status">${t('reading')}</p>`}
    `;
  }
}

/** Tells people who do not see the page what just happened. */
export function announce(text) {
  window.dispatchEvent(new CustomEvent('announce', { detail: text }));
}
