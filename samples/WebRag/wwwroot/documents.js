// Shows the documents, and takes files.
import { getJson, remove } from './api.js';
import { announce } from './announce.js';
import { arrange, find, make, onPress, write } from './dom.js';
import { Filters, isWanted } from './filters.js';
import { bytes, counted, percent } from './format.js';
import { onDocuments, refreshDocuments } from './list.js';
import { showUnread } from './unread.js';
import { followFile, sendFile, unfollow } from './uploads.js';

export class DocumentsView {
  #session;
  #source;
  #filters = new Filters(find('documents-filters'), 'documents', () => this.#showList());
  #documents = [];
  #entries = new Map();
  #restored;

  constructor(session, source) {
    this.#session = session;
    this.#source = source;
    onDocuments(documents => {
      this.#documents = documents;
      this.#filters.documents = documents;
      this.#showList();
    });
    write(find('drop-hint'), `Drop files here, or choose them: PDF, Word, HTML, Markdown or text, up to ${bytes(session.maxUploadBytes)} each, at most ${session.maxUploads}. Only you see them.`);
    const files = find('drop-files');
    find('drop-button').addEventListener('click', () => files.click());
    files.addEventListener('change', () => {
      this.#take([...files.files]);
      files.value = '';
    });
    this.#listenToDrops();
    this.#restored = this.#restore();
  }

  show(_, isNew) {
    if (isNew) {
      // The folder may have changed; until it is indexed nothing is known of it.
      showUnread();
    }
  }

  #listenToDrops() {
    const place = find('drop');
    const mark = isOver => place.classList.toggle('over', isOver);
    place.addEventListener('dragover', event => {
      event.preventDefault();
      mark(true);
    });
    place.addEventListener('dragleave', () => mark(false));
    place.addEventListener('drop', event => {
      event.preventDefault();
      mark(false);
      this.#take([...event.dataTransfer.files]);
    });
    // A file that is dropped beside the place does not replace the page.
    ['dragover', 'drop'].forEach(name => addEventListener(name, event => event.preventDefault()));
  }

  /** Sends files one after the other, but not before the list of those that are there has come: it would have them a second time. */
  async #take(files) {
    const entries = files.map(file => ({ file, entry: this.#addEntry(file.name, file.size) }));
    await this.#restored;
    for (const { file, entry } of entries) {
      await this.#send(file, entry);
    }
  }

  async #send(file, entry) {
    if (file.size > this.#session.maxUploadBytes) {
      this.#refuse(entry, `The file has ${bytes(file.size)}, and may have ${bytes(this.#session.maxUploadBytes)}.`);
      return;
    }

    try {
      entry.show('Sending …', 0);
      const upload = await sendFile(file, share => entry.show(`Sending: ${percent(share)}`, share));
      this.#follow(upload, entry);
    } catch (error) {
      this.#refuse(entry, error.message);
    }
  }

  #follow(upload, entry, isNew = true) {
    entry.deleteWith(() => this.#delete(upload, entry));
    followFile(upload.id, state => this.#changed(state, entry, isNew), () => this.#refuse(entry, 'It is not there any more.'));
  }

  #changed(upload, entry, isNew) {
    if (upload.state === 'ready') {
      entry.show(`Can be searched: ${counted(upload.passages, 'passage')}.`, null);
      entry.openWith(() => this.#source.open({ id: upload.id, title: upload.name, name: upload.name }));
      if (isNew) {
        announce(`${upload.name} can be searched.`);
        refreshDocuments();
      }
    } else if (upload.state === 'refused') {
      this.#refuse(entry, upload.reason, isNew);
    } else {
      entry.show(upload.state === 'waiting' ? 'Waiting for its turn …' : 'Reading and indexing …', undefined);
    }
  }

  #refuse(entry, reason, isNew = true) {
    entry.refuse(reason);
    if (isNew) {
      announce(`${entry.name} was refused. ${reason}`);
    }
  }

  async #delete(upload, entry) {
    unfollow(upload.id);
    try {
      await remove(`/api/uploads/${upload.id}`);
    } catch (error) {
      if (error.status !== 404) {
        entry.refuse(error.message);
        return;
      }
    }

    entry.remove();
    announce(`${upload.name} is deleted.`);
    refreshDocuments();
  }

  #addEntry(name, size) {
    const entry = new UploadEntry(name, size, () => this.#showTitle());
    find('uploads').append(entry.item);
    this.#showTitle();
    return entry;
  }

  #showTitle() {
    find('uploads-title').hidden = find('uploads').childElementCount === 0;
  }

  async #restore() {
    // What cannot be had now is there after the next reload.
    for (const upload of await getJson('/api/uploads').catch(() => [])) {
      this.#follow(upload, this.#addEntry(upload.name, upload.bytes), upload.state === 'waiting' || upload.state === 'indexing');
    }
  }

  #showList() {
    const filter = this.#filters.value;
    const wanted = this.#documents.filter(document => isWanted(document, filter));
    write(find('documents-status'), counted(wanted.length, 'document'));
    arrange(find('documents'), wanted.map(document => this.#itemOf(document)));
  }

  #itemOf(document) {
    const entry = this.#entries.get(document.id) ?? new DocumentEntry(shown => this.#source.open(shown));
    this.#entries.set(document.id, entry);
    entry.show(document);
    return entry.item;
  }
}

/** A document in the list, which comes anew with each step of the indexing: its item stays the same. */
class DocumentEntry {
  #document;
  #title = make('button', { type: 'button', class: 'plain link', dir: 'auto' });
  #place = make('p', { class: 'place' });

  constructor(open) {
    this.item = make('li', {}, this.#title, this.#place);
    onPress(this.#title, () => open(this.#document));
  }

  show(document) {
    this.#document = document;
    write(this.#title, document.title);
    write(this.#place, make('bdi', {}, document.name), ` · ${document.type}${document.isOwn ? ' · yours' : ''}`, document.tags.map(tag => [' ', make('bdi', { class: 'tag' }, tag)]).flat());
  }
}

/** A file in the list. */
class UploadEntry {
  #text = make('span', { class: 'small' });
  #bar = make('progress', { max: '1', hidden: true });
  #buttons = make('span', { class: 'buttons' });
  #name;
  #removed;

  constructor(name, size, removed) {
    this.name = name;
    this.#removed = removed;
    this.#name = make('span', { class: 'name', dir: 'auto' }, name);
    this.#bar.setAttribute('aria-label', name);
    this.item = make('li', {}, this.#name, make('span', { class: 'small' }, bytes(size)), this.#text, this.#bar, this.#buttons);
  }

  /** Says how far it is; a share of null has no bar, and one that is not known a bar that says so. */
  show(text, share) {
    write(this.#text, text);
    this.#bar.hidden = share === null;
    if (share === undefined) {
      this.#bar.removeAttribute('value');
    } else if (share !== null) {
      this.#bar.value = share;
    }
  }

  deleteWith(forget) {
    write(this.#buttons, make('button', { type: 'button', class: 'plain quiet', 'aria-label': `Delete ${this.name}`, on: { click: forget } }, 'Delete'));
  }

  openWith(open) {
    this.#name.replaceChildren(make('button', { type: 'button', class: 'plain link', dir: 'auto', on: { click: open } }, this.name));
  }

  refuse(reason) {
    this.show(`Refused: ${reason}`, null);
    this.item.classList.add('bad');
    if (this.#buttons.childElementCount === 0) {
      write(this.#buttons, make('button', { type: 'button', class: 'plain quiet', 'aria-label': `Dismiss ${this.name}`, on: { click: () => this.remove() } }, 'Dismiss'));
    }
  }

  remove() {
    this.item.remove();
    this.#removed();
    find('drop-button').focus();
  }
}
