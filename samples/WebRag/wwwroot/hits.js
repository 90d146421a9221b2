// Shows passages that were found.
import { make, marked } from './dom.js';
import { count, list } from './format.js';
import { passageText } from './tables.js';

/** An item of the list for a passage; `words` are marked in its text. */
export function hitItem(hit, words, open) {
  return make('li', { class: 'hit' },
    make('h2', {}, make('button', { type: 'button', class: 'plain link', dir: 'auto', on: { click: () => open(hit.document, hit.key) } }, hit.document.title)),
    placeLine(hit),
    passageText(hit.text, text => marked(text, words), hit.document.language),
    hit.alsoIn?.length > 0 && make('p', { class: 'small' }, `The same text is in ${list(hit.alsoIn)}.`));
}

/** Where a passage stands: file, page, headings and tags. */
export function placeLine(hit) {
  const place = [hit.page && `page ${count(hit.page)}`, hit.heading].filter(Boolean).join(' · ');
  return make('p', { class: 'place' },
    make('bdi', {}, hit.document.name),
    place && [' · ', make('bdi', {}, place)],
    hit.document.tags?.map(tag => [' ', make('bdi', { class: 'tag' }, tag)]).flat());
}
