import { html } from 'lit';
import { GraphChart, HeatmapChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent, VisualMapComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { t } from '../i18n.js';
import { Part } from './part.js';

echarts.use([
  GraphChart, HeatmapChart, LineChart, ScatterChart,
  GridComponent, LegendComponent, TooltipComponent, VisualMapComponent,
  CanvasRenderer,
]);

const DARK = matchMedia('(prefers-color-scheme: dark)');
const STILL = matchMedia('(prefers-reduced-motion: reduce)');

/**
 * A drawing for the eye, its name, and its figures in words: as a table of its own (`alternative`), or by a `note` that tells which
 * table of the page has them. `chosen` is told the item that somebody clicked.
 */
class Chart extends Part {
  static properties = {
    name: {},
    note: {},
    option: { attribute: false },
    alternative: { attribute: false },
    chosen: { attribute: false },
    tall: { type: Boolean },
  };

  #drawing;
  #size = new ResizeObserver(() => this.#drawing?.resize());
  #theme = () => this.#draw(true);

  connectedCallback() {
    super.connectedCallback();
    DARK.addEventListener('change', this.#theme);
  }

  disconnectedCallback() {
    DARK.removeEventListener('change', this.#theme);
    this.#size.disconnect();
    this.#drawing?.dispose();
    this.#drawing = undefined;
    super.disconnectedCallback();
  }

  updated() {
    this.#draw(false);
  }

  #draw(anew) {
    const place = this.querySelector('.plot');
    if (anew) {
      this.#drawing?.dispose();
      this.#drawing = undefined;
    }
    const first = !this.#drawing;
    if (first) {
      this.#drawing = echarts.init(place, DARK.matches ? 'dark' : null, { renderer: 'canvas' });
      this.#drawing.on('click', (event) => this.chosen?.(event.data));
      this.#size.observe(place);
    }
    // Facts are untrusted text: tooltips are drawn, never written into the page as HTML.
    const tooltip = { renderMode: 'richText', confine: true, ...this.option.tooltip };
    const legend = this.option.legend && { top: 0, ...this.option.legend };
    this.#drawing.setOption({ backgroundColor: 'transparent', animation: first && !STILL.matches, ...this.option, legend, tooltip }, true);
  }

  render() {
    return html`
      <figure>
        <div class="plot ${this.tall ? 'tall' : ''}" role="img" aria-label=${this.name}></div>
        <figcaption>${this.name}${this.note ? html`. ${this.note}` : ''}</figcaption>
        ${this.alternative ? html`<details><summary>${t('as_table')}</summary>${this.alternative}</details>` : ''}
      </figure>`;
  }
}
customElements.define('lore-chart', Chart);
