// The page's title: what is shown comes first, so that tabs and entries of the history can be told apart.
import { addressed } from './address.js';

const views = { search: 'Search', ask: 'Ask', documents: 'Documents' };
const longest = 60;
const shortened = text => text.length > longest ? `${text.slice(0, longest).trimEnd()}…` : text;

/** Writes it, for the address and the document that is open. */
export function showTitle(openTitle = null) {
  const { view, query } = addressed();
  const shown = openTitle ?? (view === 'search' ? query : '');
  document.title = [shown && shortened(shown), views[view], 'WebRag'].filter(Boolean).join(' - ');
}
