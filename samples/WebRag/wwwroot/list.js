// The documents that can be searched, asked for once for all views.
import { getJson } from './api.js';

const maxAge = 500;

let asked = { time: -Infinity, documents: Promise.resolve([]) };

/** The documents as of now. */
export function listDocuments() {
  const now = performance.now();
  if (now - asked.time > maxAge) {
    asked = { time: now, documents: getJson('/api/documents') };
  }

  return asked.documents;
}

/** Makes the next question a new one. */
export function forgetDocuments() {
  asked.time = -Infinity;
}
