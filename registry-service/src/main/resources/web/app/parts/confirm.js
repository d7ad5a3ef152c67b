import { html } from 'lit';
import { t } from '../i18n.js';
import { Part, announce } from './part.js';

const KEPT = 'loremesh-actor';

/** Asks before something changes: names what and what follows, takes who and why for the audit log, and stays until it is done. */
class Confirm extends Part {
  static properties = { question: { state: true }, state: { state: true } };

  #opener;

  /** question: {title, text, action, run(who, tell), done(result)}; `run` orders it, `done` is told what came of it. */
  ask(question) {
    this.#opener = document.activeElement;
    this.question = question;
    this.state = {};
    this.updateComplete.then(() => this.querySelector('dialog').showModal());
  }

  async #run(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    const who = { actor: form.get('actor').trim(), reason: form.get('reason').trim() };
    localStorage.setItem(KEPT, who.actor);
    this.state = { busy: true, stage: t('working') };
    try {
      const result = await this.question.run(who, (stage) => { this.state = { busy: true, stage }; });
      this.#close();
      this.question.done?.(result);
      announce(t('done', { what: this.question.title }));
    } catch (failure) {
      this.state = { problem: failure.message };
    }
  }

  #close() {
    this.querySelector('dialog').close();
  }

  #closed() {
    if (this.#opener?.isConnected) {
      this.#opener.focus();
    }
  }

  render() {
    const { title, text, action } = this.question ?? {};
    const { busy, stage, problem } = this.state ?? {};
    return html`
      <dialog aria-labelledby="confirm-title" aria-describedby="confirm-text" @close=${this.#closed}
          @cancel=${(event) => busy && event.preventDefault()}>
        <form method="dialog" @submit=${this.#run}>
          <h2 id="confirm-title">${title}</h2>
          <p id="confirm-text">${text}</p>
          <label>${t('actor')}<input name="actor" required maxlength="100" pattern=".*\\S.*" autocomplete="username"
              .value=${localStorage.getItem(KEPT) ?? ''}></label>
          <label>${t('reason')}<textarea name="reason" required maxlength="500" rows="2"></textarea></label>
          <p role="status">${stage ?? ''}</p>
          ${problem ? html`<p class="problem" role="alert">${problem}</p>` : ''}
          <div class="actions">
            <button type="button" ?disabled=${busy} @click=${this.#close}>${t('cancel')}</button>
            <button type="submit" class="primary" ?disabled=${busy}>${action}</button>
          </div>
        </form>
      </dialog>`;
  }
}
customElements.define('lore-confirm', Confirm);

/** Asks in the console's one dialog. */
export function confirm(question) {
  document.querySelector('lore-confirm').ask(question);
}
