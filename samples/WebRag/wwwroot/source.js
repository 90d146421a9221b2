// Shows a document at a passage.
import { getJson } from './api.js';
import { find, make, write } from './dom.js';
import { count, counted } from './format.js';
import { passageText } from './tables.js';

const partLength = 40;

export class SourceDialog {
  #dialog = find('source');
  #text = find('source-text');
  #document;
  #cited;
  #shown = { from: 0, to: 0, total: 0 };

  constructor() {
    find('source-close').addEventListener('click', () => this.#dialog.close());
    this.#dialog.addEventListener('close', () => history.state?.source && history.back());
    addEventListener('popstate', () => this.#dialog.open && this.#dialog.close());
    this.#dialog.addEventListener('click', event => {
      // A click beside it.
      if (event.target === this.#dialog) {
        this.#dialog.close();
      }
    });
  }

  /** Opens a document, at a passage where one is given. */
  async open(document, passage) {
    this.#document = document;
    this.#cited = passage ?? null;
    write(find('source-title'), document.title);
    write(find('source-about'), make('bdi', {}, document.name));
    write(this.#text, make('p', { class: 'hint' }, 'Opening …'));
    if (!this.#dialog.open) {
      // The way back closes it, as on a phone one expects.
      history.pushState({ source: true }, '');
      this.#dialog.showModal();
    }

    try {
      const values = new URLSearchParams({ id: document.id, count: partLength });
      if (passage) {
        values.set('around', passage);
      }

      const part = await getJson(`/api/documents/text?${values}`);
      this.#show(part);
      const cited = this.#text.querySelector('.cited') ?? this.#text;
      cited.focus();
      cited.scrollIntoView?.({ block: cited === this.#text ? 'nearest' : 'center' });
    } catch (error) {
      write(this.#text, make('p', { class: 'notice bad', role: 'alert' }, error.message));
    }
  }

  #show(part) {
    const from = part.passages[0].ordinal;
    this.#shown = { from, to: from + part.passages.length, total: part.total };
    const title = part.document.title;
    write(find('source-title'), title);
    write(find('source-about'), make('bdi', {}, part.document.name), `, ${counted(part.total, 'passage')}`);
    this.#text.lang = part.document.language ?? '';
    write(this.#text, this.#more('Show what is before', true), part.passages.map(passage => this.#passage(passage)), this.#more('Show what follows', false));
  }

  #passage(passage) {
    const isCited = passage.key === this.#cited;
    const place = [passage.page && `Page ${count(passage.page)}`, passage.heading].filter(Boolean);
    return make('section', { class: isCited ? 'passage cited' : 'passage', tabindex: isCited ? '-1' : null, 'aria-label': isCited ? 'The passage' : null },
      isCited && make('p', { class: 'badge' }, 'Here it is'),
      place.length > 0 && make('p', { class: 'place', dir: 'auto' }, place.join(' · ')),
      passageText(passage.text));
  }

  #more(text, isBefore) {
    const { from, to, total } = this.#shown;
    if (isBefore ? from === 0 : to >= total) {
      return null;
    }

    return make('button', { type: 'button', class: 'plain', on: { click: event => this.#extend(event.currentTarget, isBefore) } }, text);
  }

  async #extend(button, isBefore) {
    const { from, to, total } = this.#shown;
    const start = isBefore ? Math.max(0, from - partLength) : to;
    const number = isBefore ? from - start : partLength;
    try {
      const part = await getJson(`/api/documents/text?${new URLSearchParams({ id: this.#document.id, from: start, count: number })}`);
      this.#shown = { from: Math.min(from, start), to: Math.max(to, start + part.passages.length), total };
      const passages = part.passages.map(passage => this.#passage(passage));
      passages[0]?.setAttribute('tabindex', '-1');
      button.replaceWith(...[isBefore && this.#more('Show what is before', true), ...passages, !isBefore && this.#more('Show what follows', false)].filter(Boolean));
      passages[0]?.focus();
    } catch (error) {
      button.after(make('p', { class: 'notice bad', role: 'alert' }, error.message));
    }
  }
}
