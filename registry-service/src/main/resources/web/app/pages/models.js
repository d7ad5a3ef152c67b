import { html } from 'lit';
import { get } from '../api.js';
import { number, of, t, time } from '../i18n.js';
import { aliases, decision } from '../parts/badges.js';
import { Page } from '../parts/part.js';
import { table } from '../parts/table.js';
import { href, id, short } from '../route.js';
import '../parts/chart.js';

const NEWEST = 200;
const COLOURS = {
  DECISION_ACCEPTED: '#2e7d32',
  DECISION_REJECTED: '#c62828',
  DECISION_AWAITING_APPROVAL: '#b26a00',
};

/** Models, and the versions of one: what grew from what, what answers, what the gates said. */
class Models extends Page {
  async read(where, signal) {
    const { baseModels = [] } = await get('/models', {}, signal);
    const model = baseModels.find((one) => id(one.name) === where.model) ?? baseModels[0];
    const { versions = [], nextPageToken } = model
      ? await get(`/${model.name}/versions`, { page_size: NEWEST }, signal)
      : {};
    return { models: baseModels, model, versions, more: Boolean(nextPageToken) };
  }

  show({ models, model, versions, more }) {
    if (!model) {
      return html`<h1>${t('page_models')}</h1><p class="empty">${t('no_models')}</p>`;
    }
    return html`
      <h1>${t('versions_of', { model: model.name })}</h1>
      ${models.length > 1 ? html`<nav class="tabs" aria-label=${t('page_models')}>
        ${models.map((one) => html`<a href=${href(one.name)} aria-current=${one === model ? 'page' : 'false'}>${id(one.name)}</a>`)}
      </nav>` : ''}
      <dl class="facts">
        <div><dt>${t('base')}</dt><dd><code class="digest">${model.digest}</code></dd></div>
        <div><dt>${t('architecture')}</dt><dd>${model.architecture || '–'}</dd></div>
        <div><dt>${t('parameters')}</dt><dd>${number(model.parameterCount)}</dd></div>
      </dl>
      ${versions.length ? html`<lore-chart name=${t('family', { model: model.name })} .option=${family(model, versions)}
          .chosen=${(item) => item.version && (location.hash = href(item.version))} note=${t('family_table')}></lore-chart>` : ''}
      ${more ? html`<p>${t('newest', { count: NEWEST })}</p>` : ''}
      ${table(t('page_models'), [
        { head: t('version'), cell: (version) => html`<a href=${href(version.name)}>${short(version.name)}</a>` },
        { head: t('aliases'), cell: aliases },
        { head: t('decision'), cell: decision },
        { head: t('parent'), cell: (version) => version.parent ? html`<a href=${href(version.parent)}>${short(version.parent)}</a>` : t('bare_base') },
        { head: t('run'), cell: (version) => id(version.run) || t('from_outside') },
        { head: t('facts_taught'), number: true, cell: (version) => number(version.facts?.length ?? 0) },
        { head: t('created'), cell: (version) => time(version.createTime) },
      ], versions, t('no_versions'))}`;
  }
}
customElements.define('lore-models', Models);

/** Generations from left to right, siblings below one another; a version's parent is told before it, for numbers grow. */
function family(model, versions) {
  const generation = new Map([[model.name, 0]]);
  const filled = [];
  const place = (name, depth) => {
    generation.set(name, depth);
    filled[depth] = (filled[depth] ?? 0) + 1;
    return { x: depth * 160, y: (filled[depth] - 1) * 60 };
  };
  const oldestFirst = [...versions].reverse();
  const nodes = [{ name: model.name, label: id(model.name), ...place(model.name, 0), symbol: 'rect', colour: '#607d8b' }];
  for (const version of oldestFirst) {
    const parent = version.parent || model.name;
    nodes.push({
      name: version.name,
      version: version.name,
      label: [short(version.name), ...(version.aliases ?? [])].join(' · '),
      about: of('DECISION', version.verdict?.decision),
      ...place(version.name, (generation.get(parent) ?? 0) + 1),
      symbol: version.aliases?.includes('active') ? 'diamond' : 'circle',
      colour: COLOURS[version.verdict?.decision] ?? '#607d8b',
    });
  }
  return {
    tooltip: { formatter: ({ data }) => (data.label ? `${data.label.formatter}\n${data.about ?? ''}` : '') },
    series: [{
      type: 'graph',
      layout: 'none',
      roam: true,
      edgeSymbol: ['none', 'arrow'],
      data: nodes.map(({ name, version, label, about, x, y, symbol, colour }) => ({
        name, version, about, x, y, symbol, symbolSize: 22,
        itemStyle: { color: colour },
        label: { show: true, position: 'bottom', formatter: label },
      })),
      links: oldestFirst
        .map((version) => ({ source: version.parent || model.name, target: version.name }))
        .filter((link) => generation.has(link.source)),
    }],
  };
}
