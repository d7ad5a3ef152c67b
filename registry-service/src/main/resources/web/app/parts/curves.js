import { html } from 'lit';
import { number, t } from '../i18n.js';
import { Part } from './part.js';
import { table } from './table.js';
import './chart.js';

/** How a training run got on: loss and speed by step. */
class Curves extends Part {
  static properties = { steps: { attribute: false } };

  render() {
    const points = (figure) => this.steps.map((step) => [step.step ?? 0, Number(step[figure] ?? 0)]);
    const option = {
      tooltip: { trigger: 'axis' },
      legend: {},
      grid: { containLabel: true, left: 10, right: 10, top: 60, bottom: 30 },
      xAxis: { type: 'value', name: t('step'), nameLocation: 'middle', nameGap: 25 },
      yAxis: [
        { type: 'value', name: t('loss'), nameTextStyle: { align: 'left' } },
        { type: 'value', name: t('speed'), nameTextStyle: { align: 'right' }, splitLine: { show: false } },
      ],
      series: [
        { type: 'line', name: t('loss'), showSymbol: this.steps.length < 30, data: points('loss') },
        { type: 'line', name: t('speed'), showSymbol: false, yAxisIndex: 1, lineStyle: { type: 'dashed' }, data: points('tokensPerSecond') },
      ],
    };
    const alternative = table(t('curves'), [
      { head: t('step'), number: true, cell: (step) => step.step ?? 0 },
      { head: t('loss'), number: true, cell: (step) => number(step.loss ?? 0) },
      { head: t('speed'), number: true, cell: (step) => number(step.tokensPerSecond ?? 0) },
    ], this.steps, t('no_curves'));
    return html`<lore-chart name=${t('curves_name')} .option=${option} .alternative=${alternative}></lore-chart>`;
  }
}
customElements.define('lore-curves', Curves);
