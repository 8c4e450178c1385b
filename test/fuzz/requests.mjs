/** From a valid request to the bytes of a broken one. */
import { createHmac } from 'node:crypto';
import { mutatedBytes, mutatedForm, mutatedJson, TEXTS } from './mutations.mjs';

const TYPES = [
  'application/json',
  'application/json; charset=utf-16',
  'application/x-www-form-urlencoded',
  'text/plain',
  'multipart/form-data; boundary=x',
  'application/json;;;=',
  'x'.repeat(2_000),
  '',
];
const MAX_BODY_BYTES = 256 * 1024;
const METHODS = ['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'CONNECT', 'PROPFIND'];
const STRANGE_HEADERS = [
  ['Content-Encoding', 'gzip'],
  ['Expect', '100-continue'],
  ['Expect', 'x'],
  ['Channel', 'app'],
  ['Channel', 'ÿ'.repeat(100)],
  ['X-Forwarded-For', '1.1.1.1, '.repeat(400)],
  ['X-HTTP-Method-Override', 'DELETE'],
  ['Cookie', 'a=b; '.repeat(500)],
  ['Upgrade', 'websocket'],
  ['Range', 'bytes=0-0,1-1,2-2'],
  ['Accept', '*/*;q=0.'.repeat(300)],
  ['Accept-Encoding', 'identity;q=0'],
  ['If-None-Match', '*'],
  ['Origin', 'null'],
  ['Traceparent', '00-0-0-00'],
];
const AUTHORIZATIONS = [
  '',
  'Bearer',
  'Bearer ',
  'Basic =',
  'Basic Og==',
  'sek_',
  `sek_${'A'.repeat(43)}=`,
  `Bearer ${'a.'.repeat(3_000)}`,
  'Bearer eyJhbGciOiJub25lIn0.e30.',
];

/** Printable Latin-1 without line ends: what a header may carry at worst. */
const headerSafe = (text) => text.replaceAll(/[^\x20-\x7e\xa0-\xff]/g, '');

function mutatedPath(random, path) {
  const at = random.below(path.length + 1);
  return random.pick([
    () => `${path}?${encodeURIComponent(random.pick(TEXTS).toWellFormed())}=${'x'.repeat(random.below(3_000))}`,
    () =>
      path.slice(0, at) + random.pick(['%00', '%zz', '%ff%fe', '..', '//', ';', '%2f', '%0d%0a', 'é']) + path.slice(at),
    () => path.replace(/sid_\w+/, `sid_${'7'.repeat(random.below(300))}`),
    () => path.toUpperCase(),
    () => `${path}/`,
    () => `http://other.test${path}`,
  ])();
}

function bodyOf(random, target, isMutated) {
  if (target.json !== undefined)
    return isMutated
      ? mutatedBytes(random, mutatedJson(random, target.json))
      : Buffer.from(JSON.stringify(target.json));
  if (target.form === undefined) return isMutated && random.chance(0.3) ? random.bytes(random.below(40)) : null;
  if (isMutated && target.inner !== undefined && random.chance(0.5)) {
    const inner = mutatedBytes(random, mutatedJson(random, target.inner.json)).toString('base64url');
    return Buffer.from(new URLSearchParams({ ...target.form, [target.inner.field]: inner }).toString());
  }
  return isMutated
    ? mutatedBytes(random, mutatedForm(random, target.form))
    : Buffer.from(new URLSearchParams(target.form).toString());
}

/** How the body travels: whole, in chunks, or less than was announced (then our side closes, and nothing may hang). */
function framed(random, lines, body, isMutated) {
  const whole = () => ({ bytes: [...lines, `Content-Length: ${body.length}`, '', ''], tail: body, flags: {} });
  if (!isMutated || random.chance(0.85)) return whole();
  const alone = { alone: true };
  return random.pick([
    () => {
      const half = Math.floor(body.length / 2);
      const chunk = (part) =>
        Buffer.concat([Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n')]);
      const chunks = [body.subarray(0, half), body.subarray(half)].filter((part) => part.length > 0).map(chunk);
      return {
        bytes: [...lines, 'Transfer-Encoding: chunked', '', ''],
        tail: Buffer.concat([...chunks, Buffer.from('0\r\n\r\n')]),
        flags: {},
      };
    },
    () => ({
      bytes: [...lines, `Content-Length: ${body.length + 5}`, '', ''],
      tail: body,
      flags: { ...alone, half: true, broken: true },
    }),
    () => ({
      bytes: [...lines, 'Content-Length: 5', 'Content-Length: 7', '', ''],
      tail: body,
      flags: { ...alone, broken: true },
    }),
    () => ({
      bytes: [...lines, 'Transfer-Encoding: chunked', '', ''],
      tail: body,
      flags: { ...alone, half: true, broken: true },
    }),
    () => ({
      bytes: [...lines, 'Content-Length: 3', '', ''],
      tail: body,
      flags: { ...alone, half: true, broken: true },
    }),
    () => ({
      bytes: lines.slice(0, 1 + random.below(lines.length)),
      tail: Buffer.alloc(0),
      flags: { ...alone, half: true, broken: true },
    }),
  ])();
}

/**
 * The bytes for `target`, with something wrong unless `isMutated` is false, and what that allows: `broken` HTTP may be
 * answered by closing, `intact` is whether method and path are the target's own.
 */
export function render(random, target, isMutated) {
  const change = (share) => isMutated && random.chance(share);
  const method = change(0.02) ? random.pick(METHODS) : target.method;
  const path = change(0.05) ? mutatedPath(random, target.path) : target.path;
  const type = change(0.05) ? random.pick(TYPES) : target.type;
  const authorization = change(0.05) ? random.pick(AUTHORIZATIONS) : target.authorization;
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: countersign.test'];
  if (type !== undefined) lines.push(`Content-Type: ${type}`);
  if (authorization !== undefined) lines.push(`Authorization: ${authorization}`);
  if (target.name === 'create' && random.chance(0.2))
    lines.push(`Cko-Idempotency-Key: ${change(0.5) ? headerSafe(random.pick(TEXTS)) : `key-${random.below(200)}`}`);
  if (change(0.1)) lines.push(random.pick(STRANGE_HEADERS).join(': '));
  if (change(0.01))
    for (let left = random.below(300); left > 0; left--) lines.push(`X-${left}: ${random.pick(['', 'x'])}`);
  const body = bodyOf(random, target, isMutated);
  // What was agreed on is what is sent, however broken: only then is it read.
  if (target.signedBy !== undefined && !change(0.05))
    lines.push(`Cko-Signature: ${createHmac('sha256', target.signedBy).update(body).digest('hex')}`);
  const { bytes, tail, flags } =
    body === null
      ? { bytes: [...lines, '', ''], tail: Buffer.alloc(0), flags: {} }
      : framed(random, lines, body, isMutated);
  return {
    bytes: Buffer.concat([Buffer.from(bytes.join('\r\n'), 'latin1'), tail]),
    flags: {
      ...flags,
      tooLong: tail.length > MAX_BODY_BYTES,
      head: method === 'HEAD',
      alone: flags.alone === true || method === 'CONNECT',
    },
    intact: method === target.method && path === target.path,
  };
}
