// Shows what each stage of a search gave, and why each passage is where it is.
import { bar, make } from './dom.js';
import { count, counted, duration, list, percent, score } from './format.js';

const stageNames = {
  'query-rewriting': 'wording the query',
  cache: 'kept from a search before',
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
    ...(trace.candidates.length > 0 ? candidateTable(trace, open) : []));
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
  const columns = ['Place', 'Passage', ...stages.map(stage => stageNames[stage] ?? stage), 'Sum', 'Answers'];
  const rows = candidates => candidates.map(candidate => row(candidate, stages, greatest, open));
  const returned = trace.candidates.filter(candidate => candidate.rank > 0).sort((left, right) => left.rank - right.rank);
  const leftOut = trace.candidates.filter(candidate => candidate.rank === 0).sort((left, right) => right.score - left.score);
  return [
    scrolled('What each candidate was given', make('table', {},
      make('caption', {}, `The best ${count(trace.candidates.length)} of ${counted(trace.count, 'candidate')}: what was returned, in its order, and then what was left out`),
      head(...columns),
      make('tbody', {}, rows(returned)),
      leftOut.length > 0 && make('tbody', {}, make('tr', { class: 'group' }, make('th', { scope: 'rowgroup', colspan: columns.length }, 'Left out')), rows(leftOut)))),
    figures(trace, stages),
  ];
}

const meanings = {
  vector: 'How near the passage is to the question in meaning, by their vectors.',
  keyword: 'How many of the question’s words the passage has, of which rare ones count more.',
  hybrid: 'How near the passage is to the question in meaning and words together.',
  reranker: 'What a model thinks of it that reads question and passage together; more is better.',
};

/** What the figures of the table are, a sentence each. */
const figures = (trace, stages) => make('dl', { class: 'figures' },
  [
    ['Place', 'Where it stands among the passages that were returned; “was” is its place before they were read closely.'],
    ...stages.filter(stage => meanings[stage]).map(stage => [stageNames[stage], meanings[stage]]),
    ['In each step', 'Its score, its rank in that step, and how much that adds to the sum or takes from it.'],
    ['Sum', 'All that was added and taken: the passages are in the order of their sums.'],
    ['Answers', `How probable it is that the passage alone answers the question; from ${percent(trace.minimumRelevance)} on it is taken to.`],
  ].map(([name, meaning]) => [make('dt', {}, name), make('dd', {}, meaning)]).flat());

function row(candidate, stages, greatest, open) {
  const moved = candidate.foundRank && candidate.rank && candidate.foundRank !== candidate.rank ? `was ${count(candidate.foundRank)}` : null;
  return make('tr', { class: candidate.rank ? null : 'omitted' },
    make('td', { class: 'number' }, candidate.rank ? count(candidate.rank) : '–', moved && make('span', { class: 'small' }, moved)),
    make('th', { scope: 'row' },
      make('button', { type: 'button', class: 'plain link', dir: 'auto', on: { click: () => open(candidate.document, candidate.key) } }, candidate.document.title),
      candidate.heading && make('span', { class: 'small', dir: 'auto' }, candidate.heading),
      make('span', { class: 'excerpt', dir: 'auto' }, candidate.excerpt),
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

  const rank = given.rank > 0 ? `rank ${count(given.rank)}` : 'found by others';
  return make('td', {},
    make('span', { class: 'figure' }, score(given.score)),
    make('span', { class: 'small' }, `${rank}, ${given.added < 0 ? 'takes' : 'adds'}\u00A0${score(Math.abs(given.added))}`),
    bar(given.added / greatest));
}

const head = (...names) => make('thead', {}, make('tr', {}, names.map(name => make('th', { scope: 'col' }, name))));

// Wide tables are moved within their frame, by keys too.
const scrolled = (name, table) => make('div', { class: 'scrolled', tabindex: '0', role: 'region', 'aria-label': name }, table);
