// The documents that can be searched, for all views.
import { getJson } from './api.js';

const listeners = [];
let running = null;
let isOutdated = false;

/** `listen` is called with the documents, now and whenever there are others. */
export function onDocuments(listen) {
  listeners.push(listen);
}

/** Asks for the documents; while one asks already, once more afterwards. */
export function refreshDocuments() {
  isOutdated = true;
  running ??= refresh().finally(() => {
    running = null;
  });
  return running;
}

async function refresh() {
  while (isOutdated) {
    isOutdated = false;
    const documents = await getJson('/api/documents');
    listeners.forEach(listen => listen(documents));
  }
}
