/** What can be wrong with a body: first with its values, then with its text, then with its bytes. */

/** Text that goes into the JSON as it stands, valid or not. */
class Verbatim {
  constructor(text) {
    this.text = text;
  }
}

/** An object whose members may repeat. */
class Members {
  constructor(entries) {
    this.entries = entries;
  }
}

const NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'length',
  '',
  '0',
  'a.b',
  '$where',
  '\u0000',
  '\ud800',
];
const TEXTS = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfff\ud800',
  '\u202eabc',
  '\ufeff',
  '\r\nSet-Cookie: a=b',
  '💳'.repeat(40),
  'é'.repeat(300),
  "' OR 1=1; --",
  '${7*7}{{7*7}}<%=7*7%>',
  '%s%n%x',
  '../../../../etc/passwd',
  '<script>alert(1)</script>',
  'null',
  'NaN',
  '1e309',
  '9'.repeat(400),
  '2030-13-45T99:99:99Z',
  '+999999-01-01T00:00:00Z',
  // Of no test: neighbours search what is written for the numbers that they pay with.
  '4929000000007005 ',
  '\u0664\u0664\u0668\u0665',
];
const NUMBERS = [
  '-1',
  '-0',
  '0',
  '0.1',
  '1e3',
  '1E400',
  '-1e-400',
  '9007199254740993',
  '2147483648',
  '9223372036854775808',
  '1'.repeat(1000),
  '0x10',
  '01',
  '+1',
  '.5',
  'NaN',
  'Infinity',
];

const isTree = (value) => typeof value === 'object' && value !== null && !(value instanceof Verbatim);
const entriesOf = (value) => (value instanceof Members ? value.entries : Object.entries(value));

/** A value of another kind than any that was expected. */
function strange(random) {
  return random.pick([
    () => null,
    () => random.chance(0.5),
    () => [],
    () => ({}),
    () => random.pick(TEXTS),
    () => 'x'.repeat(10 ** (1 + random.below(5))),
    () => new Verbatim(random.pick(NUMBERS)),
    () => Array.from({ length: 1 + random.below(2000) }, () => random.pick(TEXTS)),
    () => nested(random),
    () => new Verbatim(heavy(random, 1 + random.below(240_000))),
    () => Object.fromEntries(Array.from({ length: 1 + random.below(500) }, (_, index) => [`m${index}`, index])),
    () => new Members(NAMES.map((name) => [name, random.pick(TEXTS)])),
    () => ({ toString: 'x', valueOf: 1, length: 99, then: {} }),
  ])();
}

/** About as many bytes of JSON as given, of the kinds that cost most per byte. */
function heavy(random, bytes) {
  const unit = random.pick(['0', '[]', '{}', '""', '"a"', '{"a":{}}', '[[[[]]]]', '1e9', '"\\u0041"']);
  const many = Math.max(1, Math.floor(bytes / (unit.length + 1)));
  if (random.chance(0.5)) return `[${Array(many).fill(unit).join(',')}]`;
  const named = Math.floor(bytes / (unit.length + 10));
  return `{${Array.from({ length: named }, (_, index) => `"m${index}":${unit}`).join(',')}}`;
}

function nested(random) {
  const depth = random.pick([5, 13, 100, 5_000, 30_000]);
  const [open, close] = random.pick([
    ['[', ']'],
    ['{"a":', '}'],
    ['{"__proto__":', '}'],
  ]);
  return new Verbatim(`${open.repeat(depth)}1${close.repeat(depth)}`);
}

function bent(random, text) {
  const at = random.below(text.length + 1);
  const [head, tail] = [text.slice(0, at), text.slice(at)];
  return random.pick([
    () => head,
    () => head + random.pick(TEXTS) + tail,
    () => text.repeat(2 + random.below(50)),
    () => text.toUpperCase(),
    () => [...text].reverse().join(''),
    () => ` ${text} `,
    () => head + String.fromCharCode(random.below(0x10000)) + tail.slice(1),
    () =>
      new Verbatim(
        /^\d+$/.test(text)
          ? text
          : `"${[...text].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"`,
      ),
  ])();
}

/** A copy of `value` with one thing changed somewhere inside. */
function changed(random, value) {
  if (!isTree(value)) return typeof value === 'string' && random.chance(0.5) ? bent(random, value) : strange(random);
  const entries = entriesOf(value);
  if (entries.length === 0 || random.chance(0.05)) return strange(random);
  const at = random.below(entries.length);
  const [name, member] = entries[at];
  const rebuilt = (list) => (Array.isArray(value) ? list.map(([, each]) => each) : new Members(list));
  return random.pick([
    () => rebuilt(entries.filter((_, index) => index !== at)),
    () => rebuilt([...entries, [name, random.chance(0.5) ? member : strange(random)]]),
    () => rebuilt([...entries, [random.pick(NAMES), strange(random)]]),
    () => rebuilt(entries.with(at, [random.chance(0.5) ? random.pick(NAMES) : name.toUpperCase(), member])),
    () => rebuilt(entries.with(at, [name, [member]])),
    () => rebuilt(entries.with(at, [name, { value: member }])),
    ...Array.from({ length: 6 }, () => () => rebuilt(entries.with(at, [name, changed(random, member)]))),
  ])();
}

/** JSON that keeps what `JSON.stringify` would tidy up: repeated members, verbatim text, lone surrogates. */
function written(value) {
  if (value instanceof Verbatim) return value.text;
  if (Array.isArray(value)) return `[${value.map(written).join(',')}]`;
  if (!isTree(value)) return JSON.stringify(value) ?? 'null';
  return `{${entriesOf(value)
    .map(([name, member]) => `${JSON.stringify(name)}:${written(member)}`)
    .join(',')}}`;
}

/** The JSON of `value` after some changes, as text. */
export function mutatedJson(random, value) {
  let result = value;
  for (let left = 1 + random.below(4); left > 0; left--) result = changed(random, result);
  return written(result);
}

/** A form after some changes: fields gone, doubled, emptied, bent, badly encoded. */
export function mutatedForm(random, fields) {
  let entries = Object.entries(fields).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  );
  for (let left = 1 + random.below(3); left > 0; left--) {
    const at = random.below(entries.length + 1);
    const one = entries[at] ?? 'a=b';
    entries = random.pick([
      () => entries.filter((_, index) => index !== at),
      () => [...entries, one],
      () => [...entries, `${encodeURIComponent(random.pick(NAMES).toWellFormed())}=1`],
      () => [...entries, `${one.split('=')[0]}[]=${random.below(10)}`],
      () => [...entries.slice(0, at), `${one.split('=')[0]}=${encodeURIComponent(random.pick(TEXTS).toWellFormed())}`],
      () => [...entries.slice(0, at), `${one}%zz%00%ff`, ...entries.slice(at + 1)],
      () => [...entries, 'x'.repeat(random.below(200_000))],
      () => [...entries, 'a=1&'.repeat(random.below(60_000))],
      () => entries.reverse(),
    ])();
  }
  return entries.join('&');
}

/** Bytes for a text: usually UTF-8, sometimes cut, flipped, stuffed, or in an encoding that nobody announced. */
export function mutatedBytes(random, text) {
  const plain = () => Buffer.from(text);
  if (random.chance(0.7)) return plain();
  const at = random.below(text.length + 1);
  return random.pick([
    () => plain().subarray(0, random.below(plain().length + 1)),
    () => Buffer.from(text, 'latin1'),
    () => Buffer.from(text, 'utf16le'),
    () => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), plain()]),
    () =>
      Buffer.concat([Buffer.from(text.slice(0, at)), random.bytes(1 + random.below(16)), Buffer.from(text.slice(at))]),
    () => Buffer.concat([plain(), Buffer.from(random.pick(['}', ',', ' null', '\u0000', '{}', '//x']))]),
    () => random.bytes(random.below(2_000)),
    () => Buffer.from(' \t\r\n'.repeat(random.below(20_000)) + text),
    () => Buffer.alloc(0),
    () => {
      const flipped = plain();
      for (let left = 1 + random.below(5); left > 0 && flipped.length > 0; left--)
        flipped[random.below(flipped.length)] ^= 1 << random.below(8);
      return flipped;
    },
  ])();
}

export { TEXTS };
