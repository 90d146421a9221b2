// The page's address: a view and what it shows, behind the #, which no server sees. Whoever opens it sees the same.

const views = ['search', 'ask', 'documents'];

/** What the address says. */
export function addressed() {
  const [, path, query] = /^#\/([a-z]*)\??(.*)$/.exec(location.hash) ?? [];
  const values = new URLSearchParams(query);
  return {
    view: views.includes(path) ? path : 'search',
    query: values.get('q') ?? '',
    filter: filterOf(values),
  };
}

/** The address of a search. */
export function searchAddress(query, filter) {
  const values = new URLSearchParams();
  if (query) {
    values.set('q', query);
  }

  Object.entries(filter).filter(([, value]) => value).forEach(([name, value]) => values.set(name, value));
  const text = values.toString();
  return `#/search${text ? `?${text}` : ''}`;
}

// The way back from other views leads to the search that was left.
function keepSearch() {
  document.querySelector('[data-view=search]').href = location.hash.startsWith('#/search') ? location.hash : '#/search';
}

/** Goes to an address, or only takes its name where it is shown already. */
export function setAddress(address, isNew) {
  if (location.hash === address) {
    return;
  }

  history[isNew ? 'pushState' : 'replaceState'](null, '', address);
  keepSearch();
}

export function onAddress(listen) {
  addEventListener('popstate', () => {
    // The link that skips to the content is no view.
    if (location.hash === '' || location.hash.startsWith('#/')) {
      if (addressed().view === 'search') {
        keepSearch();
      }

      listen();
    }
  });
}

const filterOf = values => ({ folder: values.get('folder'), type: values.get('type'), tag: values.get('tag') });
