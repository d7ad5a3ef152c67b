import { html } from 'lit';
import { get } from '../api.js';
import { number, of, t, time } from '../i18n.js';
import { badge } from '../parts/badges.js';
import { rollBack } from '../parts/orders.js';
import { Page } from '../parts/part.js';
import { table } from '../parts/table.js';
import { href, id, short } from '../route.js';
import '../parts/chart.js';

const KINDS = ['DRIFT_KIND_PROBE_DIVERGENCE', 'DRIFT_KIND_LIVE_DIVERGENCE', 'DRIFT_KIND_PROBE_CHANGE', 'DRIFT_KIND_LIVE_CHANGE'];
const POINTS = 500;
const EVERY = 10_000;

/** How far the version that answers is from what it was when it was promoted, over time, against what the policy allows. */
class Drift extends Page {
  #again;

  connectedCallback() {
    super.connectedCallback();
    this.#again = setInterval(() => this.reload(), EVERY);
  }

  disconnectedCallback() {
    clearInterval(this.#again);
    super.disconnectedCallback();
  }

  async read(where, signal) {
    const { baseModels = [] } = await get('/models', {}, signal);
    const model = baseModels.find((one) => id(one.name) === where.model) ?? baseModels[0];
    if (!model) {
      return { models: [], series: [], moves: [] };
    }
    const [{ measurements = [] }, { moves = [] }] = await Promise.all([
      get(`/${model.name}/drift`, { page_size: POINTS }, signal),
      get(`/${model.name}/moves`, { alias: 'active' }, signal),
    ]);
    return { models: baseModels, model, series: measurements, moves };
  }

  show({ models, model, series, moves }) {
    if (!model) {
      return html`<h1>${t('page_drift')}</h1><p class="empty">${t('no_models')}</p>`;
    }
    const active = moves[0]?.version;
    return html`
      <h1>${t('drift_of', { model: model.name })}</h1>
      ${models.length > 1 ? html`<nav class="tabs" aria-label=${t('page_models')}>
        ${models.map((one) => html`<a href="#/drift/${id(one.name)}" aria-current=${one === model ? 'page' : 'false'}>${id(one.name)}</a>`)}
      </nav>` : ''}
      <p>${t('answers_now')} ${active ? html`<a href=${href(active)}>${short(active)}</a>` : t('bare_base')}</p>
      ${active ? html`<div class="actions"><button class="danger"
          @click=${() => rollBack(model.name, active, moves[0].previousVersion, () => this.reload())}>${t('rollback')}</button></div>` : ''}
      <div class="charts">${KINDS.map((kind) => chart(kind, series))}</div>
      ${table(t('measurements'), [
        { head: t('time'), cell: (one) => time(one.createTime) },
        { head: t('version'), cell: (one) => html`<a href=${href(one.version)}>${short(one.version)}</a>` },
        { head: t('finding'), cell: (one) => badge('DRIFT_FINDING', one.finding) },
        { head: t('detail'), cell: (one) => one.detail || '–' },
        { head: t('went_to'), cell: (one) => (one.rolledBackTo ? short(one.rolledBackTo) : '–') },
      ], series, t('no_drift'))}
      ${table(t('moves'), [
        { head: t('time'), cell: (move) => time(move.createTime) },
        { head: t('from'), cell: (move) => (move.previousVersion ? short(move.previousVersion) : t('bare_base')) },
        { head: t('to'), cell: (move) => (move.version ? short(move.version) : t('bare_base')) },
        { head: t('actor'), cell: (move) => move.actor || '–' },
        { head: t('reason'), cell: (move) => move.reason || '–' },
      ], moves, t('no_moves'))}`;
  }
}
customElements.define('lore-drift', Drift);

function chart(kind, series) {
  const points = series
    .map((one) => ({ time: one.createTime, version: one.version, ...(one.figures ?? []).find((figure) => figure.kind === kind) }))
    .filter((point) => point.kind)
    .reverse();
  if (!points.length) {
    return '';
  }
  const line = (name, figure, style) => ({
    type: 'line', name, showSymbol: points.length < 30, lineStyle: style, connectNulls: false,
    data: points.map((point) => [point.time, point[figure] ?? (figure === 'value' ? 0 : null)]),
  });
  const option = {
    tooltip: { trigger: 'axis' },
    legend: {},
    grid: { containLabel: true, left: 10, right: 20, top: 40, bottom: 10 },
    xAxis: { type: 'time' },
    yAxis: { type: 'value' },
    series: [
      line(t('value'), 'value', { width: 2 }),
      line(t('warning'), 'warning', { type: 'dotted' }),
      line(t('limit'), 'limit', { type: 'dashed' }),
    ],
  };
  const name = of('DRIFT_KIND', kind);
  const alternative = table(name, [
    { head: t('time'), cell: (point) => time(point.time) },
    { head: t('version'), cell: (point) => short(point.version) },
    { head: t('value'), number: true, cell: (point) => number(point.value ?? 0) },
    { head: t('interval'), number: true, cell: (point) => `${number(point.low ?? 0)} … ${number(point.high ?? 0)}` },
    { head: 'n', number: true, cell: (point) => number(point.n ?? 0) },
    { head: t('baseline'), number: true, cell: (point) => number(point.baseline ?? 0) },
    { head: t('warning'), number: true, cell: (point) => number(point.warning) },
    { head: t('limit'), number: true, cell: (point) => number(point.limit) },
  ], points.toReversed(), t('none'));
  return html`<lore-chart name=${name} .option=${option} .alternative=${alternative}></lore-chart>`;
}
