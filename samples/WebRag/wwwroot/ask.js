// Asks questions whose answers are streamed, and cite.
import { getJson, postEvents, remove } from './api.js';
import { announce, SpokenText } from './announce.js';
import { find, make, write } from './dom.js';
import { Filters } from './filters.js';
import { placeLine } from './hits.js';
import { onDocuments } from './list.js';
import { rendered } from './markdown.js';
import { remember } from './recent.js';
import { tracePanel } from './trace.js';

const conversationKey = 'webrag-conversation';

export class AskView {
  #question = find('ask-question');
  #turns = find('ask-turns');
  #filters = new Filters(find('ask-filters'), 'ask', () => {});
  #source;
  #running;
  #conversation = null;

  constructor(session, source) {
    this.#source = source;
    onDocuments(documents => {
      this.#filters.documents = documents;
    });
    this.#question.maxLength = session.maxQuestionLength;
    write(find('ask-model'), session.isOffline
      ? 'No chat model is set, so answers quote the documents.'
      : `Answers are written by ${session.model ?? 'a chat model'}, from the passages that are found.`);
    find('ask-form').addEventListener('submit', event => {
      event.preventDefault();
      this.#ask();
    });
    this.#question.addEventListener('keydown', event => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.#ask();
      }
    });
    find('ask-stop').addEventListener('click', () => this.#running?.abort());
    find('ask-new').addEventListener('click', () => this.#startAnew());
    this.#restore();
  }

  show(_, isNew) {
    if (isNew) {
      this.#question.focus();
    }
  }

  async #ask() {
    const question = this.#question.value.trim();
    if (question === '' || this.#running) {
      return;
    }

    remember(question);
    this.#question.value = '';
    const answer = this.#addTurn(question);
    const running = this.#running = new AbortController();
    this.#setAnswering(true);
    write(find('ask-status'), 'Searching …');
    const spoken = new SpokenText();
    let text = '';
    let drawing = null;
    try {
      const request = { question, conversation: this.#conversation, filter: this.#filters.value };
      for await (const event of postEvents('/api/chat', request, running.signal)) {
        if (event.name === 'start') {
          this.#keepConversation(event.data.conversation);
        } else if (event.name === 'found') {
          write(find('ask-status'), 'Writing the answer …');
          this.#showFound(answer, event.data);
        } else if (event.name === 'text') {
          text += event.data.text;
          spoken.add(event.data.text);
          drawing ??= requestAnimationFrame(() => {
            drawing = null;
            update(answer.text, rendered(text, () => null));
          });
        } else if (event.name === 'end') {
          spoken.end();
          cancelAnimationFrame(drawing);
          this.#finish(answer, text, event.data);
        }
      }
    } catch (error) {
      spoken.end();
      cancelAnimationFrame(drawing);
      update(answer.text, rendered(text, () => null));
      this.#break(answer, error, question);
    } finally {
      answer.item.removeAttribute('aria-busy');
      this.#running = null;
      this.#setAnswering(false);
    }
  }

  #addTurn(question) {
    const text = make('div', { class: 'text' });
    const notice = make('div');
    const sources = make('div');
    const trace = make('div');
    const item = make('li', { class: 'turn', 'aria-busy': 'true' },
      make('h2', { dir: 'auto' }, question), notice, text, sources, trace);
    this.#turns.append(item);
    item.scrollIntoView({ block: 'nearest' });
    return { item, text, notice, sources, trace };
  }

  #showFound(answer, found) {
    const isNothing = found.hits.length === 0 && found.trace.count > 0;
    write(answer.notice, isNothing && nothing());
    write(answer.trace, found.trace.count > 0 && tracePanel(found, (document, passage) => this.#source.open(document, passage)));
  }

  #finish(answer, text, end) {
    const open = source => this.#source.open(source.document, source.key);
    const bound = new Map(end.sources.map(source => [source.number, source]));
    const cite = number => bound.has(number) ? citation(bound.get(number), open) : null;
    write(answer.text, rendered(text, cite));
    write(answer.sources, end.sources.length > 0 && sourceList(end.sources, open));
    if (end.error) {
      answer.text.append(make('p', { class: 'notice bad', role: 'alert' }, end.error));
    }

    write(find('ask-status'));
    announce(end.error ? 'The answer is not whole.' : `The answer is complete, with ${end.sources.length === 1 ? 'one source' : `${end.sources.length} sources`}.`);
  }

  #break(answer, error, question) {
    write(find('ask-status'));
    const isStopped = error.name === 'AbortError';
    if (error.status === 404) {
      this.#keepConversation(null);
    }

    answer.text.append(make('p', { class: isStopped ? 'hint' : 'notice bad', role: isStopped ? null : 'alert' },
      isStopped ? 'Stopped.' : `${error.message}${error.status === 404 ? ' Ask again: a new conversation begins.' : ''}`));
    if (isStopped) {
      announce('Stopped.');
    } else if (this.#question.value === '') {
      // To try it again.
      this.#question.value = question;
    }
  }

  #setAnswering(isAnswering) {
    const stop = find('ask-stop');
    const hadFocus = document.activeElement === stop;
    stop.hidden = !isAnswering;
    find('ask-send').setAttribute('aria-disabled', String(isAnswering));
    find('ask-new').hidden = isAnswering || this.#turns.childElementCount === 0;
    if (hadFocus) {
      this.#question.focus();
    }
  }

  #keepConversation(id) {
    this.#conversation = id;
    if (id) {
      sessionStorage.setItem(conversationKey, id);
    } else {
      sessionStorage.removeItem(conversationKey);
    }
  }

  async #startAnew() {
    const id = this.#conversation;
    this.#keepConversation(null);
    write(this.#turns);
    find('ask-new').hidden = true;
    this.#question.focus();
    if (id) {
      await remove(`/api/conversations/${id}`).catch(() => {});
    }
  }

  /** After the page was loaded anew, the conversation is still there. */
  async #restore() {
    const id = sessionStorage.getItem(conversationKey);
    if (!id) {
      return;
    }

    try {
      const messages = await getJson(`/api/conversations/${id}`);
      this.#conversation = id;
      let answer = null;
      for (const message of messages) {
        if (message.isQuestion) {
          answer = this.#addTurn(message.text);
          answer.item.removeAttribute('aria-busy');
        } else if (answer) {
          this.#finishQuietly(answer, message);
        }
      }

      this.#setAnswering(false);
    } catch {
      this.#keepConversation(null);
    }
  }

  #finishQuietly(answer, message) {
    const open = source => this.#source.open(source.document, source.key);
    write(answer.notice, message.foundNothing && nothing());
    const bound = new Map(message.sources.map(source => [source.number, source]));
    write(answer.text, rendered(message.text, number => bound.has(number) ? citation(bound.get(number), open) : null));
    write(answer.sources, message.sources.length > 0 && sourceList(message.sources, open));
    if (!message.isWhole) {
      answer.text.append(make('p', { class: 'hint' }, 'This answer is not whole.'));
    }
  }
}

const nothing = () => make('p', { class: 'notice' }, make('strong', {}, 'Nothing here answers that.'));

/** Replaces only what is other than before, so that focus and selection stay. */
function update(place, blocks) {
  blocks.forEach((block, index) => {
    const shown = place.children[index];
    if (!shown) {
      place.append(block);
    } else if (!shown.isEqualNode(block)) {
      shown.replaceWith(block);
    }
  });
}

const citation = (source, open) => make('button', {
  type: 'button', class: 'plain cite', title: source.document.title, 'aria-label': `Source ${source.number}: ${source.document.title}`, on: { click: () => open(source) },
}, `[${source.number}]`);

const sourceList = (sources, open) => make('section', { class: 'cited-sources', 'aria-label': 'Sources of this answer' },
  make('h3', {}, 'Sources'),
  make('ol', {}, sources.map(source => make('li', { value: source.number },
    make('button', { type: 'button', class: 'plain link', dir: 'auto', on: { click: () => open(source) } }, source.document.title), placeLine(source)))));
