// Shows rows of the form | a | b | as a table.
import { make } from './dom.js';

export function isTableRow(line) {
  const row = line.trim();
  return row.length > 2 && row.startsWith('|') && row.endsWith('|');
}

/** A table of such rows; `shown` makes of a cell's text what is shown. A line of dashes, which Markdown has below its head, is none. */
export function table(lines, shown) {
  const rows = lines.filter(line => !/^[|\s:-]+$/.test(line)).map(line => line.trim().slice(1, -1).split(/(?<!\\)\|/).map(cell => cell.trim()));
  return make('div', { class: 'scrolled', tabindex: '0', role: 'group', 'aria-label': 'Table' },
    make('table', {}, make('tbody', {}, rows.map(cells => make('tr', {}, cells.map(cell => make('td', { dir: 'auto' }, shown(cell))))))));
}

/** A passage's text, with its tables as tables; `shown` makes of a text what is shown. */
export function passageText(text, shown = part => [part], language = null) {
  const parts = [];
  for (const line of text.split('\n')) {
    const last = parts.at(-1);
    if (last && last.isTable === isTableRow(line)) {
      last.lines.push(line);
    } else {
      parts.push({ isTable: isTableRow(line), lines: [line] });
    }
  }

  return make('div', { class: 'passage-text', dir: 'auto', lang: language }, parts.map(part => part.isTable
    ? table(part.lines, shown)
    : make('p', { class: 'text', dir: 'auto' }, shown(unwrapped(part.lines)))));
}

const wrapped = 60;

/** Lines that were broken to fit a width are one again; short ones, and items of lists, are as they were. */
function unwrapped(lines) {
  return lines.join('\n').trim().replace(/([^\n]+)\n(?=[^\s\n])(?![-*•>#]|\d+[.)] )/g, (all, line) => line.slice(line.lastIndexOf('\n') + 1).length > wrapped ? `${line} ` : all);
}
