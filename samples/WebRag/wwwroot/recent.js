// The questions of this browser, which stay in it.
import { make, write } from './dom.js';

const key = 'webrag-recent';
const kept = 8;

export function recentQuestions() {
  try {
    const questions = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(questions) ? questions.filter(question => typeof question === 'string').slice(0, kept) : [];
  } catch {
    return [];
  }
}

export function remember(question) {
  store([question, ...recentQuestions().filter(other => other !== question)].slice(0, kept));
}

/** Shows them as buttons; `choose` is called with the one that is pressed, `empty` when they are forgotten. */
export function showRecent(place, choose, empty) {
  const questions = recentQuestions();
  write(place, questions.length > 0 && make('section', { class: 'recent', 'aria-label': 'Recent questions' },
    make('h2', {}, 'Recent questions'),
    make('ul', {}, questions.map(question => make('li', {}, make('button', { type: 'button', class: 'plain', dir: 'auto', on: { click: () => choose(question) } }, question)))),
    make('button', { type: 'button', class: 'plain quiet', on: { click: () => forget(place, empty) } }, 'Forget them')));
}

function forget(place, empty) {
  store([]);
  write(place);
  empty();
}

function store(questions) {
  try {
    localStorage.setItem(key, JSON.stringify(questions));
  } catch {
    // A browser that stores nothing remembers nothing.
  }
}
