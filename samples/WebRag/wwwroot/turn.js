// A question with its answer.
import { make, write } from './dom.js';
import { placeLine } from './hits.js';
import { rendered } from './markdown.js';
import { tracePanel } from './trace.js';

export class Turn {
  #open;
  #again;
  #notice = make('div');
  #text = make('div', { class: 'text' });
  #end = make('div');
  #sources = make('div');
  #trace = make('div');
  #drawing = null;
  #written = '';

  /** `open` opens a document at a passage; `again` is called with the turn whose question is to be asked again. */
  constructor(question, open, again) {
    this.question = question;
    this.#open = open;
    this.#again = again;
    this.item = make('li', { class: 'turn', 'aria-busy': 'true' },
      make('h2', { dir: 'auto' }, question), this.#notice, this.#text, this.#end, this.#sources, this.#trace);
  }

  showFound(found) {
    this.#showNothing(found.hits.length === 0 && found.trace.count > 0);
    write(this.#trace, found.trace.count > 0 && tracePanel(found, this.#open));
  }

  /** Shows what is written so far. */
  draw(text) {
    this.#written = text;
    this.#drawing ??= requestAnimationFrame(() => this.#draw());
  }

  /** Shows what became of the answer. */
  finish(answer) {
    const open = source => this.#open(source.document, source.key);
    const bound = new Map(answer.sources.map(source => [source.number, source]));
    this.#settle();
    this.#showNothing(answer.foundNothing);
    write(this.#text, rendered(answer.text, number => bound.has(number) ? citation(bound.get(number), open) : null));
    write(this.#sources, answer.sources.length > 0 && sourceList(answer.sources, open));
    if (answer.state === 'stopped') {
      this.stop();
    } else if (answer.error) {
      this.fail(answer.error, answer.state === 'failed');
    } else {
      write(this.#end);
    }
  }

  /** Whether somebody stopped it or the page went is not known afterwards, so that it can be asked again. */
  stop(reason = 'Stopped.') {
    this.#settle();
    write(this.#end, make('p', { class: 'hint' }, reason), this.#tryAgain());
  }

  /** Says why there is no answer, or no whole one. */
  fail(reason, mayTryAgain = true) {
    this.#settle();
    write(this.#end,
      make('p', { class: 'notice bad', role: 'alert' }, reason),
      mayTryAgain && this.#tryAgain());
  }

  /** Whatever it became, it is not the last one any more. */
  pass() {
    this.#end.querySelector('.again')?.remove();
  }

  #tryAgain() {
    return make('button', { type: 'button', class: 'plain again', on: { click: () => this.#again(this) } }, 'Try again');
  }

  #draw() {
    this.#drawing = null;
    update(this.#text, rendered(this.#written, () => null));
  }

  #settle() {
    if (this.#drawing !== null) {
      cancelAnimationFrame(this.#drawing);
      this.#draw();
    }

    this.item.removeAttribute('aria-busy');
  }

  #showNothing(isNothing) {
    write(this.#notice, isNothing && make('p', { class: 'notice' }, make('strong', {}, 'Nothing here answers that.')));
  }
}

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
