import { html } from 'lit';

/** A table with a name. Columns are {head, cell(row), number}; the first cell of a row names it. */
export function table(caption, columns, rows, empty) {
  if (!rows?.length) {
    return html`<p class="empty">${empty}</p>`;
  }
  return html`
    <div class="scroll" role="region" aria-label=${caption} tabindex="0">
      <table>
        <caption>${caption}</caption>
        <thead><tr>${columns.map((column) => html`<th scope="col" class=${column.number ? 'number' : ''}>${column.head}</th>`)}</tr></thead>
        <tbody>${rows.map((row) => html`<tr>${columns.map((column, i) => i === 0
          ? html`<th scope="row" class=${column.number ? 'number' : ''}>${column.cell(row)}</th>`
          : html`<td class=${column.number ? 'number' : ''}>${column.cell(row)}</td>`)}</tr>`)}</tbody>
      </table>
    </div>`;
}
