// Asks questions whose answers are streamed, and cite.
import { ApiError, postEvents, remove } from './api.js';
import { announce, SpokenText } from './announce.js';
import { conversationId, pendingQuestion, settledTurns } from './conversation.js';
import { find, onPress, write } from './dom.js';
import { showExamples } from './examples.js';
import { Filters } from './filters.js';
import { onDocuments } from './list.js';
import { remember } from './recent.js';
import { Turn } from './turn.js';

const unfinished = ['answering', 'stopped'];
const interrupted = 'This was interrupted before the answer was whole.';

export class AskView {
  #question = find('ask-question');
  #turns = find('ask-turns');
  #filters = new Filters(find('ask-filters'), 'ask', () => {});
  #open;
  #examples;
  #running;
  #last = null;
  #restored;

  constructor(session, source) {
    this.#open = (document, passage) => source.open(document, passage);
    this.#examples = session.examples;
    onDocuments(documents => {
      this.#filters.documents = documents;
    });
    this.#question.maxLength = session.maxQuestionLength;
    write(find('ask-model'), session.isOffline
      ? 'No chat model is set, so answers quote the documents.'
      : `Answers are written by ${session.model ?? 'a chat model'}, from the passages that are found.`);
    find('ask-form').addEventListener('submit', event => {
      event.preventDefault();
      this.#submit();
    });
    this.#question.addEventListener('keydown', event => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.#submit();
      }
    });
    onPress(find('ask-stop'), () => this.#running?.abort());
    find('view-ask').addEventListener('keydown', event => {
      if (event.key === 'Escape' && !event.isComposing) {
        this.#running?.abort();
      }
    });
    find('ask-new').addEventListener('click', () => this.#startAnew());
    this.#restored = this.#restore();
  }

  show(_, isNew) {
    this.#showExamples();
    if (isNew) {
      this.#question.focus();
    }
  }

  #submit() {
    const question = this.#question.value.trim();
    if (question !== '' && this.#running) {
      write(find('ask-status'), 'One answer at a time: wait for this one, or stop it.');
    } else if (question !== '') {
      this.#question.value = '';
      this.#ask(question, false);
    }
  }

  #askAgain(turn) {
    if (!this.#running) {
      turn.item.remove();
      this.#ask(turn.question, true);
      this.#question.focus();
    }
  }

  #showExamples() {
    showExamples(find('ask-examples'), this.#last === null ? this.#examples : [], question => {
      this.#question.focus();
      this.#ask(question, false);
    });
  }

  async #ask(question, isAgain) {
    const running = this.#running = new AbortController();
    await this.#restored;
    remember(question);
    pendingQuestion.set(question);
    const turn = this.#addTurn(question);
    this.#setAnswering(true);
    write(find('ask-status'), 'Searching …');
    try {
      const request = { question, isAgain, conversation: conversationId.get(), filter: this.#filters.value };
      await this.#read(turn, postEvents('/api/chat', request, running.signal));
    } catch (error) {
      await (error.name === 'AbortError' ? this.#stop(turn) : this.#break(turn, error));
    } finally {
      write(find('ask-status'));
      this.#running = null;
      this.#setAnswering(false);
    }
  }

  async #read(turn, events) {
    const spoken = new SpokenText();
    let text = '';
    try {
      for await (const { name, data } of events) {
        if (name === 'start') {
          conversationId.set(data.conversation);
        } else if (name === 'found') {
          write(find('ask-status'), 'Writing the answer …');
          turn.showFound(data);
        } else if (name === 'text') {
          text += data.text;
          spoken.add(data.text);
          turn.draw(text);
        } else if (name === 'end') {
          spoken.end();
          this.#finish(turn, data);
          return;
        }
      }
    } finally {
      spoken.end();
    }

    throw new ApiError('The connection broke off.', 0);
  }

  #finish(turn, answer) {
    pendingQuestion.set(null);
    turn.finish(answer);
    const sources = answer.sources.length === 1 ? 'one source' : `${answer.sources.length} sources`;
    announce(answer.state === 'whole' ? `The answer is complete, with ${sources}.` : 'The answer is not whole.');
  }

  /** What was written until then is kept by the server, with what it cites. */
  async #stop(turn) {
    pendingQuestion.set(null);
    turn.stop();
    announce('Stopped.');
    this.#hideStop();
    const id = conversationId.get();
    const last = id && await settledTurns(id).then(turns => turns.at(-1), () => null);
    if (last?.question === turn.question && last.state !== 'answering') {
      turn.finish(last);
    }
  }

  #break(turn, error) {
    const isGone = error.status === 404;
    if (isGone) {
      conversationId.set(null);
    }

    turn.fail(isGone ? 'The conversation is not there any more. Try again: a new one begins.' : error.message);
  }

  #addTurn(question) {
    this.#last?.pass();
    const turn = this.#last = new Turn(question, this.#open, again => this.#askAgain(again));
    this.#turns.append(turn.item);
    this.#showExamples();
    turn.item.scrollIntoView({ block: 'nearest' });
    return turn;
  }

  #setAnswering(isAnswering) {
    // Kept in sight while the answer grows above it.
    find('ask-form').classList.toggle('answering', isAnswering);
    if (isAnswering) {
      find('ask-stop').hidden = false;
    } else {
      this.#hideStop();
    }

    find('ask-send').setAttribute('aria-disabled', String(isAnswering));
    find('ask-new').hidden = isAnswering || this.#turns.childElementCount === 0;
  }

  #hideStop() {
    const stop = find('ask-stop');
    const hadFocus = document.activeElement === stop;
    stop.hidden = true;
    if (hadFocus) {
      this.#question.focus();
    }
  }

  async #startAnew() {
    const id = conversationId.get();
    conversationId.set(null);
    pendingQuestion.set(null);
    write(this.#turns);
    this.#last = null;
    find('ask-new').hidden = true;
    this.#question.focus();
    if (id) {
      await remove(`/api/conversations/${id}`).catch(() => {});
    }
  }

  /** After the page was loaded anew, the conversation is still there, and so is the question that was being answered. */
  async #restore() {
    const id = conversationId.get();
    const pending = pendingQuestion.get();
    const turns = await this.#keptTurns(id);
    turns.forEach(turn => this.#addTurn(turn.question).finish(turn));
    const last = turns.at(-1);
    if (pending && (last?.question !== pending || unfinished.includes(last.state))) {
      (last?.question === pending ? this.#last : this.#addTurn(pending)).fail(interrupted);
    }

    this.#setAnswering(false);
  }

  async #keptTurns(id) {
    try {
      return id ? await settledTurns(id) : [];
    } catch {
      conversationId.set(null);
      return [];
    }
  }
}
