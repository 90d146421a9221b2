// The filters by folder, type and tag.
import { make, write } from './dom.js';

const names = { folder: 'Folder', type: 'Type', tag: 'Tag' };
const everything = { folder: 'all folders', type: 'all types', tag: 'all tags' };

export class Filters {
  #selects = {};

  constructor(place, id, changed) {
    const fields = Object.keys(names).map(name => {
      const select = make('select', { id: `${id}-${name}`, on: { change: changed } });
      this.#selects[name] = select;
      return make('div', { class: 'filter' }, make('label', { for: select.id }, names[name]), select);
    });
    write(place, make('fieldset', { class: 'filters' }, make('legend', {}, 'Only from'), fields));
    this.documents = [];
  }

  get value() {
    return Object.fromEntries(Object.entries(this.#selects).map(([name, select]) => [name, select.value || null]));
  }

  set value(filter) {
    for (const [name, select] of Object.entries(this.#selects)) {
      const wanted = filter[name] ?? '';
      if (wanted && ![...select.options].some(option => option.value === wanted)) {
        select.append(make('option', { value: wanted }, wanted));
      }

      select.value = wanted;
    }
  }

  /** What can be chosen. */
  set documents(documents) {
    const chosen = this.value;
    this.#offer('folder', documents.flatMap(document => foldersOf(document.folder)));
    this.#offer('type', documents.map(document => document.type));
    this.#offer('tag', documents.flatMap(document => document.tags));
    this.value = chosen;
  }

  #offer(name, values) {
    const counts = new Map();
    values.forEach(value => counts.set(value, (counts.get(value) ?? 0) + 1));
    const sorted = [...counts].sort(([left], [right]) => left.localeCompare(right));
    write(this.#selects[name],
      make('option', { value: '' }, everything[name]),
      sorted.map(([value, number]) => make('option', { value }, `${value} (${number})`)));
  }
}

/** Whether a document is one that a filter wants. */
export const isWanted = (document, filter) =>
  (!filter.folder || foldersOf(document.folder).includes(filter.folder))
  && (!filter.type || document.type === filter.type)
  && (!filter.tag || document.tags.includes(filter.tag));

/** A folder and those above it. */
function foldersOf(folder) {
  const parts = folder === '' ? [] : folder.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
