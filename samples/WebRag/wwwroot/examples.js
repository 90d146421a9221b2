// Questions that the documents answer, for whoever wonders what to ask.
import { make, write } from './dom.js';

/** Shows them as buttons; `choose` is called with the one that is pressed. */
export function showExamples(place, examples, choose) {
  write(place, examples.length > 0 && make('section', { class: 'recent', 'aria-label': 'Examples' },
    make('h2', {}, 'For example'),
    make('ul', {}, examples.map(question => make('li', {}, make('button', { type: 'button', class: 'plain', dir: 'auto', on: { click: () => choose(question) } }, question))))));
}
