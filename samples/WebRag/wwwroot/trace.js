// Shows what each stage of a search gave, and why each passage is where it is.
import { bar, make } from './dom.js';
import { count, counted, duration, list, percent, score } from './format.js';

const stageNames = {
  'query-rewriting': 'wording the query',
  embed: 'embedding the query',
  vector: 'by meaning (vectors)',
  keyword: 'by words',
  hybrid: 'by both',
  reranker: 'read closely (reranker)',
  selection: 'choosing',
};

/** The panel for a response of a search. */
export function tracePanel(response, open) {
  const { trace } = response;
  return make('details', { class: 'trace' },
    make('summary', {}, 'Why these passages'),
    response.searchedFor && make('p', {}, 'Searched for: ', make('q', { dir: 'auto' }, response.searchedFor)),
    trace.notes.map(note => make('p', { class: 'hint' }, note)),
    stageTable(trace),
    trace.candidates.length > 0 && candidateTable(trace, open));
}

function stageTable(trace) {
  const longest = Math.max(...trace.stages.map(stage => stage.milliseconds ?? 0), 0.001);
  return scrolled('What each stage took', make('table', {},
    make('caption', {}, 'What each stage took'),
    head('Stage', 'Time', 'Found'),
    make('tbody', {}, trace.stages.map(stage => make('tr', {},
      make('th', { scope: 'row' }, stageNames[stage.name] ?? stage.name),
      make('td', {}, make('span', { class: 'figure' }, duration(stage.milliseconds ?? 0)), bar((stage.milliseconds ?? 0) / longest)),
      make('td', { class: 'number' }, stage.ranked > 0 ? count(stage.ranked) : '–'))))));
}

function candidateTable(trace, open) {
  const stages = [...new Set(trace.candidates.flatMap(candidate => candidate.scores.map(given => given.stage)))];
  const greatest = Math.max(...trace.candidates.flatMap(candidate => candidate.scores.map(given => Math.abs(given.added))), 0.001);
  return scrolled('What each candidate was given', make('table', {},
    make('caption', {}, `The best ${count(trace.candidates.length)} of ${counted(trace.count, 'candidate')}: what each stage gave, its rank there, and what it adds`),
    head('Place', 'Passage', ...stages.map(stage => stageNames[stage] ?? stage), 'Sum', 'Answers'),
    make('tbody', {}, inOrder(trace.candidates).map(candidate => row(candidate, stages, greatest, open)))));
}

/** What was returned, by its place, and then the others. */
const inOrder = candidates => candidates.toSorted((left, right) => (left.rank || Infinity) - (right.rank || Infinity) || right.score - left.score);

function row(candidate, stages, greatest, open) {
  const moved = candidate.foundRank && candidate.rank && candidate.foundRank !== candidate.rank ? `was ${count(candidate.foundRank)}` : null;
  return make('tr', { class: candidate.rank ? null : 'omitted' },
    make('td', { class: 'number' }, candidate.rank ? count(candidate.rank) : '–', moved && make('span', { class: 'small' }, moved)),
    make('th', { scope: 'row' },
      make('button', { type: 'button', class: 'plain link', dir: 'auto', on: { click: () => open(candidate.document, candidate.key) } }, candidate.document.title),
      candidate.heading && make('span', { class: 'small', dir: 'auto' }, candidate.heading),
      candidate.words?.length > 0 && make('span', { class: 'small' }, `has ${list(candidate.words)}`),
      candidate.omission && make('span', { class: 'small' }, candidate.omission)),
    stages.map(stage => scoreCell(candidate.scores.find(given => given.stage === stage), greatest)),
    make('td', { class: 'number' }, score(candidate.score)),
    make('td', { class: 'number' }, candidate.relevance === null ? '–' : percent(candidate.relevance)));
}

function scoreCell(given, greatest) {
  if (!given) {
    return make('td', { class: 'number' }, '–');
  }

  const rank = given.rank > 0 ? `rank ${count(given.rank)}` : 'asked';
  return make('td', {},
    make('span', { class: 'figure' }, score(given.score)),
    make('span', { class: 'small' }, `${rank}, ${given.added < 0 ? '−' : '+'}${score(Math.abs(given.added))}`),
    bar(given.added / greatest));
}

const head = (...names) => make('thead', {}, make('tr', {}, names.map(name => make('th', { scope: 'col' }, name))));

// Wide tables are moved within their frame, by keys too.
const scrolled = (name, table) => make('div', { class: 'scrolled', tabindex: '0', role: 'region', 'aria-label': name }, table);
