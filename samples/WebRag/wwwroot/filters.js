// The filters by folder, type and tag.
import { make, write } from './dom.js';
import { count } from './format.js';

const names = { folder: 'Folder', type: 'Type', tag: 'Tag' };
const everything = { folder: 'all folders', type: 'all types', tag: 'all tags' };
const valuesOf = { folder: document => foldersOf(document.folder), type: document => [document.type], tag: document => document.tags };

export class Filters {
  #selects = {};
  #set = make('div', { class: 'filtered', role: 'status' });
  #changed;
  #documents = [];

  constructor(place, id, changed) {
    this.#changed = changed;
    const fields = Object.keys(names).map(name => {
      const select = make('select', { id: `${id}-${name}`, on: { change: () => this.#choose(this.value) } });
      this.#selects[name] = select;
      return make('div', { class: 'filter' }, make('label', { for: select.id }, names[name]), select);
    });
    write(place, make('fieldset', { class: 'filters' }, make('legend', {}, 'Only from'), fields), this.#set);
    this.value = {};
  }

  get value() {
    return Object.fromEntries(Object.entries(this.#selects).map(([name, select]) => [name, select.value || null]));
  }

  set value(filter) {
    Object.keys(names).forEach(name => this.#offer(name, filter));
    const chosen = Object.keys(names).filter(name => filter[name]);
    write(this.#set, chosen.length > 0 && [
      make('p', {}, 'Only from ', chosen.map((name, index) => [index > 0 && ', ', `${names[name].toLowerCase()} `, make('bdi', { class: 'name' }, filter[name])]).flat(), '.'),
      make('button', { type: 'button', class: 'plain quiet', on: { click: () => this.#clear() } }, 'Clear filters'),
    ]);
  }

  /** What can be chosen. */
  set documents(documents) {
    // What is set stays as it is, with the focus that is in it.
    const filter = this.value;
    this.#documents = documents;
    Object.keys(names).forEach(name => this.#offer(name, filter));
  }

  #choose(filter) {
    this.value = filter;
    this.#changed();
  }

  #clear() {
    this.#choose({});
    this.#selects.folder.focus();
  }

  /** The values, each with how many documents it would leave beside the other filters. */
  #offer(name, filter) {
    const chosen = filter[name] ?? '';
    const left = this.#documents.filter(document => isWanted(document, { ...filter, [name]: null })).flatMap(valuesOf[name]);
    const counts = new Map(this.#documents.flatMap(valuesOf[name]).map(value => [value, 0]));
    left.forEach(value => counts.set(value, counts.get(value) + 1));
    if (chosen && !counts.has(chosen)) {
      counts.set(chosen, 0);
    }

    const sorted = [...counts].sort(([one], [other]) => one.localeCompare(other));
    write(this.#selects[name],
      make('option', { value: '' }, everything[name]),
      sorted.map(([value, number]) => make('option', { value, disabled: number === 0 && value !== chosen }, `${value} (${count(number)})`)));
    this.#selects[name].value = chosen;
  }
}

/** Whether a document is one that a filter wants. */
export const isWanted = (document, filter) => Object.keys(names).every(name => !filter[name] || valuesOf[name](document).includes(filter[name]));

/** A folder and those above it. */
function foldersOf(folder) {
  const parts = folder === '' ? [] : folder.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
