// Shows a document at a passage.
import { getJson } from './api.js';
import { closeAddress, documentAddress, openAddress } from './address.js';
import { find, make, write } from './dom.js';
import { count, counted } from './format.js';
import { onDocuments } from './list.js';
import { passageText } from './tables.js';
import { showTitle } from './titles.js';

const partLength = 40;
const missing = 'This document is not here, or not any more.';
const missingHint = 'If the address came from somebody else: a file that was uploaded is seen only by whoever uploaded it.';

export class SourceDialog {
  #dialog = find('source');
  #text = find('source-text');
  #document = null;
  #cited = null;
  // Aborted when it is closed or shows another document: what comes then would be written over what is shown by that time.
  #opened = new AbortController();
  #isMissing = false;
  #shown = { from: 0, to: 0, total: 0 };

  constructor() {
    find('source-close').addEventListener('click', () => this.#close());
    find('source-copy').addEventListener('click', () => this.#copy());
    this.#dialog.addEventListener('cancel', event => {
      event.preventDefault();
      this.#close();
    });
    this.#dialog.addEventListener('close', () => this.#closed());
    this.#dialog.addEventListener('click', event => {
      // A click beside it.
      if (event.target === this.#dialog) {
        this.#close();
      }
    });
    // What was not indexed yet may be by now.
    onDocuments(() => this.#isMissing && this.#load());
  }

  /** Opens a document, at a passage where one is given, and names it in the address. */
  open(document, passage) {
    openAddress(document.id, passage);
    return this.#open(document, passage ?? null);
  }

  /** Shows what the address says. */
  show({ open, passage }) {
    if (!open) {
      this.#dialog.close();
    } else if (!this.#dialog.open || this.#document.id !== open || this.#cited !== passage) {
      this.#open({ id: open }, passage);
    }
  }

  #open(document, passage) {
    this.#opened.abort();
    this.#opened = new AbortController();
    this.#document = document;
    this.#cited = passage;
    write(find('source-title'), document.title ?? 'Document');
    write(find('source-about'), make('bdi', {}, document.name ?? ''));
    write(find('source-status'));
    write(this.#text, make('p', { class: 'hint' }, 'Opening …'));
    if (!this.#dialog.open) {
      this.#dialog.showModal();
    }

    return this.#load();
  }

  /** Closes it once its address is left: who goes on elsewhere while the browser is still on its way back would be taken back from there. */
  #close() {
    if (closeAddress()) {
      this.#dialog.close();
    }
  }

  async #load() {
    const { signal } = this.#opened;
    const values = new URLSearchParams({ id: this.#document.id, count: partLength });
    if (this.#cited) {
      values.set('around', this.#cited);
    }

    try {
      const part = await getJson(`/api/documents/text?${values}`, signal);
      this.#isMissing = false;
      this.#show(part);
      this.#focus();
    } catch (error) {
      if (!signal.aborted) {
        this.#fail(error);
      }
    }
  }

  #focus() {
    const cited = this.#text.querySelector('.cited') ?? this.#text;
    cited.focus();
    cited.scrollIntoView?.({ block: cited === this.#text ? 'nearest' : 'center' });
  }

  #fail(error) {
    this.#isMissing = error.status === 404;
    find('source-copy').hidden = true;
    write(this.#text, make('p', { class: 'notice bad', role: 'alert' }, this.#isMissing ? missing : error.message), this.#isMissing && make('p', { class: 'hint' }, missingHint));
  }

  #closed() {
    if (this.#dialog.open) {
      // The event of an earlier closing; it was opened anew meanwhile.
      return;
    }

    this.#opened.abort();
    this.#isMissing = false;
    closeAddress();
    showTitle();
    if (document.activeElement === document.body || this.#dialog.contains(document.activeElement)) {
      find('main').focus();
    }
  }

  async #copy() {
    const address = new URL(documentAddress(this.#document.id, this.#cited), location.href).href;
    const ofWhom = this.#document.isOwn ? ' It opens for you alone, as long as your files are kept: nobody else sees them.' : '';
    try {
      await navigator.clipboard.writeText(address);
      write(find('source-status'), `The link is copied.${ofWhom}`);
    } catch {
      // Not every page may write there: one that is not served safely may not.
      const field = make('input', { type: 'text', readonly: true, 'aria-label': 'The link' });
      field.value = address;
      write(find('source-status'), `This is the link.${ofWhom}`, field);
      field.select();
    }
  }

  #show(part) {
    const from = part.passages[0].ordinal;
    this.#shown = { from, to: from + part.passages.length, total: part.total };
    this.#document = part.document;
    find('source-copy').hidden = false;
    write(find('source-title'), part.document.title);
    showTitle(part.document.title);
    write(find('source-about'), make('bdi', {}, part.document.name), `, ${counted(part.total, 'passage')}`);
    this.#text.lang = part.document.language ?? '';
    const isGone = this.#cited && !part.passages.some(passage => passage.key === this.#cited);
    write(this.#text, isGone && make('p', { class: 'notice' }, 'The passage is not in this document any more. This is how it begins.'),
      this.#more('Show what is before', true), part.passages.map(passage => this.#passage(passage)), this.#more('Show what follows', false));
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
    const { signal } = this.#opened;
    const { from, to, total } = this.#shown;
    const start = isBefore ? Math.max(0, from - partLength) : to;
    const number = isBefore ? from - start : partLength;
    try {
      const part = await getJson(`/api/documents/text?${new URLSearchParams({ id: this.#document.id, from: start, count: number })}`, signal);
      this.#shown = { from: Math.min(from, start), to: Math.max(to, start + part.passages.length), total };
      const passages = part.passages.map(passage => this.#passage(passage));
      passages[0]?.setAttribute('tabindex', '-1');
      button.replaceWith(...[isBefore && this.#more('Show what is before', true), ...passages, !isBefore && this.#more('Show what follows', false)].filter(Boolean));
      passages[0]?.focus();
    } catch (error) {
      if (!signal.aborted) {
        button.after(make('p', { class: 'notice bad', role: 'alert' }, error.message));
      }
    }
  }
}
