import { html } from 'lit';
import { number, t } from '../i18n.js';
import { table } from './table.js';
import './chart.js';

/** Where the adapter changed the base, and how much: a layer a row, a module a column. */
export function heatMap(norms) {
  if (!norms.length) {
    return html`<p class="empty">${t('no_weights')}</p>`;
  }
  const layer = (norm) => (norm.layer === undefined ? t('no_layer') : String(norm.layer));
  const layers = [...new Set(norms.map(layer))];
  const modules = [...new Set(norms.map((norm) => norm.module))];
  const option = {
    tooltip: { formatter: ({ data }) => `${modules[data[0]]}, ${t('layer')} ${layers[data[1]]}: ${number(data[2])}` },
    grid: { containLabel: true, left: 10, right: 10, bottom: 60, top: 10 },
    xAxis: { type: 'category', data: modules, axisLabel: { rotate: 30 } },
    yAxis: { type: 'category', data: layers, name: t('layer') },
    visualMap: { min: 0, max: Math.max(...norms.map((norm) => norm.norm ?? 0)), orient: 'horizontal', left: 'center', bottom: 0, calculable: true },
    series: [{ type: 'heatmap', data: norms.map((norm) => [modules.indexOf(norm.module), layers.indexOf(layer(norm)), norm.norm ?? 0]) }],
  };
  const alternative = table(t('weights'), [
    { head: t('module'), cell: (norm) => norm.module },
    { head: t('layer'), number: true, cell: layer },
    { head: t('norm'), number: true, cell: (norm) => number(norm.norm ?? 0) },
    { head: t('base_norm'), number: true, cell: (norm) => number(norm.baseNorm) },
  ], norms, t('no_weights'));
  return html`<lore-chart tall name=${t('weights_name')} .option=${option} .alternative=${alternative}></lore-chart>`;
}
