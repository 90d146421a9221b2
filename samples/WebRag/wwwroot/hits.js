// Shows passages that were found.
import { bar, make, marked } from './dom.js';
import { count, list, percent } from './format.js';

/** An item of the list for a passage; `words` are marked in its text. */
export function hitItem(hit, words, open) {
  return make('li', { class: 'hit' },
    make('h2', {}, make('button', { type: 'button', class: 'plain link', dir: 'auto', on: { click: () => open(hit.document, hit.key) } }, hit.document.title)),
    placeLine(hit),
    make('p', { class: 'text', dir: 'auto', lang: hit.document.language }, marked(hit.text, words)),
    hit.alsoIn?.length > 0 && make('p', { class: 'small' }, `The same text is in ${list(hit.alsoIn)}.`),
    hit.relevance !== null && hit.relevance !== undefined && make('p', { class: 'relevance' },
      make('span', { class: 'small' }, `answers with a probability of ${percent(hit.relevance)}`), bar(hit.relevance)));
}

/** Where a passage stands: file, page, headings and tags. */
export function placeLine(hit) {
  const place = [hit.page && `page ${count(hit.page)}`, hit.heading].filter(Boolean).join(' · ');
  return make('p', { class: 'place' },
    make('bdi', {}, hit.document.name),
    place && [' · ', make('bdi', {}, place)],
    hit.document.tags?.map(tag => [' ', make('bdi', { class: 'tag' }, tag)]).flat());
}
