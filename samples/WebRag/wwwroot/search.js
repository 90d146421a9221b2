// Searches: while one types by words and vectors, on Enter with all stages.
import { postJson } from './api.js';
import { searchAddress, setAddress } from './address.js';
import { find, make, write } from './dom.js';
import { showExamples } from './examples.js';
import { Filters } from './filters.js';
import { counted, duration } from './format.js';
import { hitItem } from './hits.js';
import { onDocuments } from './list.js';
import { remember, showRecent } from './recent.js';
import { showTitle } from './titles.js';
import { tracePanel } from './trace.js';

const typingPause = 120;

export class SearchView {
  #input = find('search-query');
  #filters = new Filters(find('search-filters'), 'search', () => this.#search(true));
  #source;
  #examples;
  #timer;
  #running;
  #isAsked = false;

  constructor(session, source) {
    this.#source = source;
    this.#examples = session.examples;
    onDocuments(documents => {
      this.#filters.documents = documents;
    });
    this.#input.maxLength = session.maxQuestionLength;
    this.#input.addEventListener('input', () => this.#typed());
    find('search-form').addEventListener('submit', event => {
      event.preventDefault();
      this.#search(true);
    });
  }

  /** Shows what the address says. */
  show(address, isNew) {
    const isOther = this.#input.value !== address.query || JSON.stringify(this.#filters.value) !== JSON.stringify(address.filter);
    this.#filters.value = address.filter;
    if (isOther || isNew) {
      this.#input.value = address.query;
      this.#search(false);
    }
  }

  #typed() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#suggest(), typingPause);
  }

  #suggest() {
    const query = this.#input.value.trim();
    // What is typed has an entry of its own in the history, so that the way back leads to what was searched for before.
    setAddress(searchAddress(query, this.#filters.value), this.#isAsked);
    showTitle();
    this.#isAsked = false;
    return hasWords(query) ? this.#run('/api/suggest', query) : this.#clear();
  }

  #search(isAsked) {
    clearTimeout(this.#timer);
    const query = this.#input.value.trim();
    if (isAsked) {
      setAddress(searchAddress(query, this.#filters.value), true);
      showTitle();
    }

    this.#isAsked = true;

    if (query === '') {
      return this.#clear();
    }

    if (isAsked) {
      remember(query);
    }

    return this.#read(query);
  }

  /** What comes quickly first, and then what is read closely. */
  async #read(query) {
    find('search-hits').setAttribute('aria-busy', 'true');
    if (await this.#run('/api/suggest', query)) {
      write(find('search-status'), 'Reading closely …');
      await this.#run('/api/search', query);
    }
  }

  /** Asks, unless something newer is asked before the answer comes; whether this is the newest. */
  async #run(path, query) {
    this.#running?.abort();
    const running = this.#running = new AbortController();
    const start = performance.now();
    try {
      const response = await postJson(path, { query, filter: this.#filters.value }, running.signal);
      if (this.#running === running) {
        this.#show(response, performance.now() - start);
        if (response.isReranked) {
          find('search-hits').removeAttribute('aria-busy');
        }
      }

      return this.#running === running;
    } catch (error) {
      if (error.name !== 'AbortError' && this.#running === running) {
        this.#fail(error);
      }

      return false;
    }
  }

  #show(response, milliseconds) {
    const open = (document, passage) => this.#source.open(document, passage);
    const words = new Set(response.trace.candidates.flatMap(candidate => candidate.words ?? []));
    write(find('search-recent'));
    write(find('search-status'), response.hits.length === 0
      ? 'Nothing was found.'
      : `${counted(response.hits.length, 'passage')} ${response.isReranked ? 'read closely' : 'by words and meaning'}, in ${duration(milliseconds)}.${response.isReranked ? '' : ' Enter has them read closely.'}`);
    const isFiltered = Object.values(this.#filters.value).some(Boolean);
    write(find('search-notice'), response.answers === false && make('p', { class: 'notice' },
      make('strong', {}, response.hits.length === 0 && isFiltered ? 'No passage is under these filters.' : 'Nothing here answers that.'),
      response.hits.length > 0 ? ' These passages are the closest.' : ''));
    write(find('search-hits'), response.hits.map(hit => hitItem(hit, words, open)));
    write(find('search-trace'), response.trace.count > 0 && tracePanel(response, open));
  }

  #fail(error) {
    find('search-hits').removeAttribute('aria-busy');
    write(find('search-status'));
    write(find('search-notice'), make('p', { class: 'notice bad', role: 'alert' }, error.message));
  }

  #clear() {
    this.#running?.abort();
    find('search-hits').removeAttribute('aria-busy');
    ['search-status', 'search-notice', 'search-hits', 'search-trace'].forEach(id => write(find(id)));
    const place = find('search-recent');
    const choose = question => {
      this.#input.value = question;
      this.#input.focus();
      this.#search(true);
    };
    const recent = make('div');
    const examples = make('div');
    showRecent(recent, choose, () => this.#input.focus());
    showExamples(examples, this.#examples, choose);
    write(place, recent, examples);
  }
}

// What has neither letters nor digits is not searched for yet.
const hasWords = query => /[\p{L}\p{N}]/u.test(query);
