/** Where the console is, by the address's fragment: a page and what it is about. */
export function route() {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  const parts = path.split('/').filter(Boolean).map(decodeURIComponent);
  const parameters = Object.fromEntries(new URLSearchParams(query));
  const [page = 'models', ...rest] = parts;
  if (page === 'models' && rest[1] === 'versions' && rest[2]) {
    return { page: 'version', model: rest[0], version: rest[2], parameters };
  }
  if (page === 'facts' && rest[0]) {
    return { page: 'fact', fact: rest[0], parameters };
  }
  return { page, model: rest[0], parameters };
}

/** The address of a resource's page, by its name. */
export function href(name) {
  return `#/${name}`;
}

/** The last part of a resource's name. */
export function id(name = '') {
  return name.slice(name.lastIndexOf('/') + 1);
}

/** What a version is called among people; the bare base has no number. */
export function short(name = '') {
  return name.includes('/versions/') ? `v${id(name)}` : id(name);
}
