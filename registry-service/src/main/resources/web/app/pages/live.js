import { html } from 'lit';
import { answers } from '../api.js';
import { number, of, t, time } from '../i18n.js';
import { Part } from '../parts/part.js';
import { table } from '../parts/table.js';
import { href, short } from '../route.js';
import '../parts/chart.js';

const KEPT = 300;
const SHOWN = 50;
const PATHS = ['PATH_WEIGHTS', 'PATH_RETRIEVAL', 'PATH_BOTH', 'PATH_ABSTAINED'];

/** What users are answered, as it happens: by which path, how fast. Nothing is kept once the page is left. */
class Live extends Part {
  static properties = { heard: { state: true }, open: { state: true }, paused: { state: true } };

  #source;

  constructor() {
    super();
    this.heard = [];
  }

  connectedCallback() {
    super.connectedCallback();
    this.#source = answers((batch) => this.#hear(batch), (open) => { this.open = open; });
  }

  disconnectedCallback() {
    this.#source.close();
    super.disconnectedCallback();
  }

  #hear(batch) {
    if (!this.paused && batch.length) {
      this.heard = [...batch.toReversed(), ...this.heard].slice(0, KEPT);
    }
  }

  render() {
    return html`
      <h1>${t('page_live')}</h1>
      <p role="status">${this.open ? t('listening') : t('connecting')}</p>
      <div class="actions"><button aria-pressed=${this.paused ? 'true' : 'false'} @click=${() => { this.paused = !this.paused; }}>${t('pause')}</button></div>
      ${table(t('by_path'), [
        { head: t('path'), cell: (row) => of('PATH', row.path) },
        { head: t('answers'), number: true, cell: (row) => number(row.millis.length) },
        { head: t('median'), number: true, cell: (row) => number(quantile(row.millis, 0.5)) },
        { head: t('p95'), number: true, cell: (row) => number(quantile(row.millis, 0.95)) },
      ], byPath(this.heard), t('no_answers'))}
      ${this.heard.length ? html`<lore-chart name=${t('latencies')} .option=${latencies(this.heard)} note=${t('latencies_table')}></lore-chart>` : ''}
      ${table(t('latest'), [
        { head: t('question'), cell: (answer) => answer.question },
        { head: t('answer'), cell: (answer) => answer.text },
        { head: t('path'), cell: (answer) => of('PATH', answer.path) },
        { head: t('version'), cell: (answer) => html`<a href=${href(answer.version)}>${short(answer.version)}</a>` },
        { head: t('first_token'), number: true, cell: (answer) => number(millis(answer.timings?.firstToken)) },
        { head: t('retrieval'), number: true, cell: (answer) => number(millis(answer.timings?.retrieval)) },
        { head: t('total'), number: true, cell: (answer) => number(millis(answer.timings?.total)) },
        { head: t('time'), cell: (answer) => time(answer.createTime) },
      ], this.heard.slice(0, SHOWN), t('no_answers'))}`;
  }
}
customElements.define('lore-live', Live);

/** A duration as proto3 JSON writes it, for instance "0.034s". */
function millis(duration) {
  return duration === undefined ? undefined : Number.parseFloat(duration) * 1000;
}

function byPath(heard) {
  return PATHS
    .map((path) => ({
      path,
      millis: heard.filter((answer) => answer.path === path).map((answer) => millis(answer.timings?.total) ?? 0).sort((a, b) => a - b),
    }))
    .filter((row) => row.millis.length);
}

function quantile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

function latencies(heard) {
  return {
    legend: {},
    tooltip: {},
    grid: { containLabel: true, left: 10, right: 20, top: 60, bottom: 10 },
    xAxis: { type: 'time' },
    yAxis: { type: 'value', name: 'ms' },
    series: PATHS.map((path) => ({
      type: 'scatter',
      name: of('PATH', path),
      symbolSize: 7,
      data: heard.filter((answer) => answer.path === path).map((answer) => [answer.createTime, millis(answer.timings?.total) ?? 0]),
    })),
  };
}
