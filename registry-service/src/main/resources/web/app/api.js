const ROOT = '/api/console/v1';

/** What the registry refused, in its own words. */
export class Refusal extends Error {}

async function read(response) {
  if (response.ok) {
    return response;
  }
  const body = await response.json().catch(() => ({}));
  throw new Refusal(body.message ?? `${response.status} ${response.statusText}`);
}

/** Reads a resource; parameters that are undefined or empty are left out. */
export async function get(path, parameters = {}, signal) {
  const told = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== '');
  const query = told.length ? `?${new URLSearchParams(told)}` : '';
  return (await read(await fetch(ROOT + path + query, { signal }))).json();
}

function post(path, body) {
  return fetch(ROOT + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  }).then(read);
}

/** Orders something that is done at once. */
export async function order(path, body) {
  return (await post(path, body)).json();
}

/** Orders something that takes its time: every part of the answer is told as it comes. */
export async function follow(path, body, tell) {
  const response = await post(path, body);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    const events = (rest + value).split(/\r?\n\r?\n/);
    rest = events.pop();
    events
      .map((event) => event.split(/\r?\n/).filter((line) => line.startsWith('data:')).map((line) => line.slice(5)).join('\n'))
      .filter((data) => data.trim())
      .forEach((data) => tell(JSON.parse(data)));
  }
}

/** Live answers, a few at a time, until the source is closed. */
export function answers(heard, state) {
  const source = new EventSource(`${ROOT}/answers`);
  source.onopen = () => state(true);
  source.onerror = () => state(false);
  source.onmessage = (event) => heard(JSON.parse(event.data));
  return source;
}
